//! Units and posts by the names that ledgers give them.

use super::near::{fold, nearest};
use crate::caps;
use rules::calendar::Day;
use rules::ids::{PersonId, PostId, UnitId};
use rules::posts::Office;
use std::collections::HashMap;

/// What a name was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// The only one of this name.
    Exact(T),
    /// One that goes by another name in the office.
    Understood(T, String),
    /// The first of several names in one cell.
    First(T, String),
    /// None, and the name that is nearest.
    Unknown(Option<String>),
}

/// An office's names, ready to be looked up.
pub(super) struct Names<'a> {
    office: &'a Office,
    units: HashMap<String, UnitId>,
    posts: HashMap<String, Vec<PostId>>,
    people: HashMap<String, Vec<PostId>>,
    /// Names that were looked for in vain, with the nearest.
    unit_guesses: HashMap<String, Option<String>>,
    post_guesses: HashMap<String, Option<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(office: &'a Office, today: Day) -> Names<'a> {
        let mut names = Names {
            office,
            units: HashMap::new(),
            posts: HashMap::new(),
            people: HashMap::new(),
            unit_guesses: HashMap::new(),
            post_guesses: HashMap::new(),
        };
        for (id, unit) in office.units() {
            if let Some(name) = unit.name.text() {
                names.units.entry(fold(name)).or_insert(id);
            }
        }
        for (id, post) in office.posts() {
            if let Some(name) = post.name.text() {
                names.posts.entry(fold(name)).or_default().push(id);
            }
            if let Some(name) = post.holder(today).and_then(|holder| names.person(holder)) {
                names.people.entry(fold(name)).or_default().push(id);
            }
        }
        names
    }

    fn person(&self, id: PersonId) -> Option<&'a str> {
        self.office.person_name(id).and_then(|name| name.value())
    }

    fn unit_name(&self, id: UnitId) -> String {
        let name = self.office.unit(id).and_then(|unit| unit.name.text());
        name.unwrap_or_default().to_owned()
    }

    fn post_name(&self, id: PostId) -> String {
        let name = self.office.post(id).and_then(|post| post.name.text());
        name.unwrap_or_default().to_owned()
    }

    /// 养老待遇科, 养老待遇科（牵头）, 云州市人社局养老待遇科, or several of which the first leads.
    pub(super) fn unit(&mut self, text: &str) -> Found<UnitId> {
        if let Some(unit) = self.units.get(&fold(text)) {
            return Found::Exact(*unit);
        }
        let mut parts = parts(text);
        let first = parts.next().unwrap_or_default();
        let bare = fold(outside_brackets(first));
        let (unit, exact) = match self.units.get(&bare) {
            Some(unit) => (Some(*unit), true),
            None => (self.unit_at_the_end(&bare), false),
        };
        match unit {
            Some(unit) if parts.next().is_some() => Found::First(unit, self.unit_name(unit)),
            Some(unit) if exact => Found::Exact(unit),
            Some(unit) => Found::Understood(unit, self.unit_name(unit)),
            None => Found::Unknown(self.nearest_unit(first)),
        }
    }

    /// The unit whose name ends this one, which names the bureau before it.
    fn unit_at_the_end(&self, name: &str) -> Option<UnitId> {
        let starts = name.char_indices().map(|(at, _)| at).skip(1);
        starts
            .filter_map(|at| name.get(at..))
            .filter(|end| end.chars().count() >= 3)
            .find_map(|end| self.units.get(end).copied())
    }

    fn nearest_unit(&mut self, text: &str) -> Option<String> {
        let names = self.office.units().filter_map(|(_, unit)| unit.name.text());
        guess(&mut self.unit_guesses, text, |text| nearest(text, names))
    }

    /// 窗口服务科长, 窗口服务科长（张三）, 张三（窗口服务科长）, 窗口服务科窗口服务科长, or 张三, who holds
    /// one post. A name that several units have is the one of `unit`.
    pub(super) fn post(&mut self, text: &str, unit: Option<UnitId>) -> Found<PostId> {
        // Names have marks of their own: 局党组书记、局长; 副局长（就业、人才）.
        let whole = fold(text);
        if let Some(post) = self.called(&whole, unit) {
            return Found::Exact(post);
        }
        if let Some(post) = self.behind_its_unit(&whole) {
            return Found::Understood(post, self.post_name(post));
        }
        let mut parts = parts(text);
        let first = parts.next().unwrap_or_default();
        let bare = fold(outside_brackets(first));
        let within = fold(inside_brackets(first));
        let found = self
            .called(&bare, unit)
            .map(|post| (post, true))
            .or_else(|| self.behind_its_unit(&bare).map(|post| (post, false)))
            .or_else(|| self.called(&within, unit).map(|post| (post, false)))
            .or_else(|| self.held_by(&bare, unit).map(|post| (post, false)));
        match found {
            Some((post, _)) if parts.next().is_some() => Found::First(post, self.post_name(post)),
            Some((post, true)) => Found::Exact(post),
            Some((post, false)) => Found::Understood(post, self.post_name(post)),
            None => {
                let names = self.office.posts().filter_map(|(_, post)| post.name.text());
                Found::Unknown(guess(&mut self.post_guesses, first, |text| nearest(text, names)))
            }
        }
    }

    fn called(&self, name: &str, unit: Option<UnitId>) -> Option<PostId> {
        self.only(self.posts.get(name)?, unit)
    }

    fn held_by(&self, name: &str, unit: Option<UnitId>) -> Option<PostId> {
        self.only(self.people.get(name)?, unit)
    }

    /// The only one of these posts, or the only one of this unit.
    fn only(&self, posts: &[PostId], unit: Option<UnitId>) -> Option<PostId> {
        if let [post] = posts {
            return Some(*post);
        }
        let of_unit =
            |id: &&PostId| self.office.post(**id).is_some_and(|post| Some(post.unit) == unit);
        let mut own = posts.iter().filter(of_unit);
        own.next().filter(|_| own.next().is_none()).copied()
    }

    fn behind_its_unit(&self, name: &str) -> Option<PostId> {
        name.char_indices().skip(1).find_map(|(at, _)| {
            let (unit, post) = name.split_at_checked(at)?;
            let unit = *self.units.get(unit)?;
            let of_unit =
                |id: &&PostId| self.office.post(**id).is_some_and(|post| post.unit == unit);
            self.posts.get(post)?.iter().find(of_unit).copied()
        })
    }
}

/// Looks for the nearest name once for each text, and not for more texts than [`caps::NEAREST`].
fn guess(
    known: &mut HashMap<String, Option<String>>,
    text: &str,
    nearest: impl FnOnce(&str) -> Option<String>,
) -> Option<String> {
    let key: String = text.chars().take(60).collect();
    if let Some(known) = known.get(&key) {
        return known.clone();
    }
    if known.len() >= caps::NEAREST {
        return None;
    }
    let found = nearest(&key);
    known.insert(key, found.clone());
    found
}

/// Names of one cell; a cell whose marks are all within brackets is one.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    text.split(move |c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = (depth - 1).max(0),
            _ => {}
        }
        depth == 0 && matches!(c, '、' | '，' | ',' | ';' | '；' | '\n')
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
}

fn outside_brackets(text: &str) -> &str {
    text.split(['（', '(']).next().unwrap_or(text)
}

fn inside_brackets(text: &str) -> &str {
    let inner = text.split_once(['（', '(']).map_or("", |(_, inner)| inner);
    inner.trim_end_matches(['）', ')'])
}
