//! The numberings a document defines: `numbering.xml`.

use super::numerals::Format;
use crate::document::NotADocument;
use crate::xml::{Open, Space, Token, Xml};
use std::collections::HashMap;

/// Levels of one numbering; Word has nine.
pub(super) const LEVELS: usize = 9;

/// One level of a numbering.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) format: Format,
    /// The label with `%1` … `%9` for the numbers of the levels.
    pub(super) text: String,
    /// 1-based level whose use starts this one anew; 0: none does; `None`: any higher level.
    pub(super) restart: Option<usize>,
    /// All numbers of the label in decimals.
    pub(super) legal: bool,
    /// `w:suff` says that nothing follows the label.
    pub(super) no_gap: bool,
    /// Paragraphs of this style stand at this level.
    pub(super) style: Option<String>,
    /// The font of the label, which decides what a bullet's code shows.
    pub(super) font: Option<String>,
}

impl Default for Level {
    fn default() -> Level {
        Level {
            start: 0,
            format: Format::from_name("decimal"),
            text: String::new(),
            restart: None,
            legal: false,
            no_gap: false,
            style: None,
            font: None,
        }
    }
}

/// The levels that are defined, each once, in no order: most definitions have all nine or one.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels(Vec<(usize, Level)>);

impl Levels {
    pub(super) fn get(&self, at: usize) -> Option<&Level> {
        self.0.iter().find(|(place, _)| *place == at).map(|(_, level)| level)
    }

    fn set(&mut self, at: usize, level: Level) {
        self.0.retain(|(place, _)| *place != at);
        self.0.push((at, level));
    }
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
pub(super) struct Abstract {
    pub(super) levels: Levels,
    /// It only points at the numbering style that holds the levels.
    pub(super) num_style_link: Option<String>,
    /// It is where a numbering style's levels are kept.
    pub(super) style_link: Option<String>,
}

/// `w:num`: an abstract numbering in use, with changes.
#[derive(Debug, Default)]
pub(super) struct Num {
    pub(super) abstract_id: i64,
    pub(super) starts: [Option<u32>; LEVELS],
    pub(super) levels: Levels,
}

/// All of `numbering.xml`.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    pub(super) abstracts: HashMap<i64, Abstract>,
    pub(super) nums: HashMap<i64, Num>,
}

/// Longest label text we take; Word's dialog takes 255 characters.
const LABEL_CHARS: usize = 255;

pub(super) fn read(xml: &mut Xml<'_>) -> Result<Numbering, NotADocument> {
    let mut reading = Reading::default();
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(open) => reading.open(&open),
            Token::Close => reading.close(),
            Token::Text(_) | Token::Nothing => {}
        }
    }
    Ok(reading.numbering)
}

/// What is being defined while the reader stands inside it.
#[derive(Default)]
struct Reading {
    numbering: Numbering,
    path: Vec<Place>,
    current_abstract: Option<(i64, Abstract)>,
    current_num: Option<(i64, Num)>,
    override_level: Option<usize>,
    current_level: Option<(usize, Level)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Abstract,
    Num,
    Override,
    Level,
    Other,
}

impl Reading {
    fn open(&mut self, open: &Open<'_>) {
        let name = if open.space == Space::Word { open.name() } else { "" };
        let place = match name {
            "abstractNum" => {
                let id = open.attr("abstractNumId").and_then(|id| id.trim().parse().ok());
                self.current_abstract = id.map(|id| (id, Abstract::default()));
                Place::Abstract
            }
            "num" => {
                let id = open.attr("numId").and_then(|id| id.trim().parse().ok());
                self.current_num = id.map(|id| (id, Num::default()));
                Place::Num
            }
            "lvlOverride" => {
                self.override_level = level_of(open);
                Place::Override
            }
            "lvl" => {
                self.current_level = level_of(open).map(|level| (level, Level::default()));
                Place::Level
            }
            _ => {
                self.property(name, open);
                Place::Other
            }
        };
        self.path.push(place);
    }

    fn property(&mut self, name: &str, open: &Open<'_>) {
        if let Some((_, level)) = &mut self.current_level {
            match name {
                "start" => level.start = number(open).unwrap_or(0),
                // "custom" stands in a choice whose fallback follows; keep the fallback.
                "numFmt" => match open.attr("val").as_deref() {
                    Some("custom") | None => {}
                    Some(format) => level.format = Format::from_name(format),
                },
                "lvlText" => {
                    let text = open.attr("val").unwrap_or_default();
                    level.text = text.chars().take(LABEL_CHARS).collect();
                }
                "lvlRestart" => {
                    level.restart = open.number().and_then(|n| usize::try_from(n).ok());
                }
                "isLgl" => level.legal = open.is_on(),
                "suff" => level.no_gap = open.attr("val").as_deref() == Some("nothing"),
                "pStyle" => level.style = open.attr("val"),
                "rFonts" => level.font = open.attr("ascii").or_else(|| open.attr("hAnsi")),
                _ => {}
            }
        } else if let Some((_, num)) = &mut self.current_num {
            match (name, self.override_level) {
                ("abstractNumId", _) => num.abstract_id = open.number().unwrap_or(-1),
                ("startOverride", Some(level)) => num.starts[level] = number(open),
                _ => {}
            }
        } else if let Some((_, found)) = &mut self.current_abstract {
            match name {
                "numStyleLink" => found.num_style_link = open.attr("val"),
                "styleLink" => found.style_link = open.attr("val"),
                _ => {}
            }
        }
    }

    fn close(&mut self) {
        match self.path.pop() {
            Some(Place::Level) => {
                let Some((at, level)) = self.current_level.take() else { return };
                if let Some((_, num)) = &mut self.current_num {
                    num.levels.set(at, level);
                } else if let Some((_, found)) = &mut self.current_abstract {
                    found.levels.set(at, level);
                }
            }
            Some(Place::Override) => self.override_level = None,
            Some(Place::Abstract) => self.numbering.abstracts.extend(self.current_abstract.take()),
            Some(Place::Num) => self.numbering.nums.extend(self.current_num.take()),
            Some(Place::Other) | None => {}
        }
    }
}

/// `w:ilvl`, if it is one of the nine.
fn level_of(open: &Open<'_>) -> Option<usize> {
    let level = open.attr("ilvl")?.trim().parse().ok()?;
    (level < LEVELS).then_some(level)
}

fn number(open: &Open<'_>) -> Option<u32> {
    open.number().and_then(|n| u32::try_from(n).ok())
}
