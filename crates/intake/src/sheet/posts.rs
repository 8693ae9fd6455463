//! Units, posts and people, as .xlsx or .csv: the staff list a bureau starts with.

use super::lines::{Bad, Column, Line, Lines};
use super::value::{day, name};
use super::{NotATable, Placed, RowFault, RowProblem, Sheet};
use rules::calendar::Day;
use rules::role::{Rank, Role};
use std::collections::HashMap;

/// One post, and who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRow {
    /// The unit the post belongs to.
    pub unit: String,
    /// The unit above; `None` for the bureau itself, or where an earlier row has said it.
    pub parent: Option<String>,
    /// The post's name within its unit.
    pub post: String,
    /// How high the post stands.
    pub rank: Rank,
    /// In the order of the list, each once; may be none.
    pub roles: Vec<Role>,
    /// The person who holds it; `None` for a vacant post.
    pub holder: Option<String>,
    /// The day from which the holder holds the post; there is one wherever there is a holder.
    pub since: Option<Day>,
}

const UNIT: usize = 0;
const PARENT: usize = 1;
const POST: usize = 2;
const RANK: usize = 3;
const ROLES: usize = 4;
const HOLDER: usize = 5;
const SINCE: usize = 6;
const COLUMNS: [Column; 7] = [
    Column {
        name: "单位", also: &["单位名称", "科室", "所属单位", "unit"], required: true
    },
    Column { name: "上级单位", also: &["上级", "主管单位", "parent"], required: false },
    Column { name: "岗位", also: &["岗位名称", "职务", "post"], required: true },
    Column { name: "级别", also: &["岗位级别", "rank"], required: true },
    Column { name: "角色", also: &["系统角色", "role", "roles"], required: true },
    Column { name: "任职人", also: &["姓名", "任职人员", "holder"], required: false },
    Column {
        name: "起任日期",
        also: &["任职日期", "起任时间", "任职时间", "since"],
        required: false,
    },
];

/// Reads units, posts and people, from `.xlsx` or `.csv`. A blank unit is the unit of the row above
/// (merged cells of a `.csv` come out as blanks), and its parent with it. A unit has one parent; a row
/// that says otherwise is a problem.
pub fn posts(bytes: &[u8]) -> Result<Sheet<PostRow>, NotATable> {
    let table = Lines::read(bytes, &COLUMNS)?;
    let mut sheet = Sheet::default();
    let mut units = Units::default();
    for line in table.lines() {
        match post_row(&line, &mut units) {
            Ok(value) => sheet.rows.push(Placed { row: line.row, value }),
            Err(problems) => sheet.note(problems, Vec::new()),
        }
    }
    Ok(sheet)
}

/// What the rows above have said of units.
#[derive(Default)]
struct Units {
    last: Option<(String, Option<String>)>,
    /// Unit → its parent and the row that named it.
    parents: HashMap<String, (String, u32)>,
}

impl Units {
    fn place(&mut self, line: &Line<'_>) -> Result<(String, Option<String>), Bad> {
        let unit = name(line, &COLUMNS, UNIT).inspect_err(|_| self.last = None)?;
        let parent = name(line, &COLUMNS, PARENT)?;
        let (unit, parent) = match (unit, &self.last) {
            (Some(unit), _) => (unit, parent),
            (None, Some((unit, above))) => (unit.clone(), parent.or_else(|| above.clone())),
            (None, None) => return Err(line.problem(&COLUMNS[UNIT], "", RowFault::Blank)),
        };
        self.last = Some((unit.clone(), parent.clone()));
        let Some(parent) = parent else { return Ok((unit, None)) };
        let (said, first_row) =
            self.parents.entry(unit.clone()).or_insert_with(|| (parent.clone(), line.row));
        if *said == parent {
            return Ok((unit, Some(parent)));
        }
        let fault = RowFault::Contradicts { first_row: *first_row, said: said.clone() };
        Err(line.problem(&COLUMNS[PARENT], &parent, fault))
    }
}

fn post_row(line: &Line<'_>, units: &mut Units) -> Result<PostRow, Vec<RowProblem>> {
    let mut problems = Vec::new();
    let place = keep(units.place(line), &mut problems);
    let post = keep(post(line), &mut problems);
    let rank = keep(rank(line), &mut problems);
    let roles = keep(roles(line), &mut problems);
    let holder = keep(name(line, &COLUMNS, HOLDER), &mut problems);
    let has_holder = !line.cell(HOLDER).is_empty();
    let since = keep(since(line, has_holder), &mut problems);
    match (place, post, rank, roles, holder, since) {
        (Some((unit, parent)), Some(post), Some(rank), Some(roles), Some(holder), Some(since)) => {
            Ok(PostRow { unit, parent, post, rank, roles, holder, since })
        }
        _ => Err(problems),
    }
}

fn keep<T>(result: Result<T, Bad>, problems: &mut Vec<RowProblem>) -> Option<T> {
    result.map_err(|problem| problems.push(*problem)).ok()
}

fn post(line: &Line<'_>) -> Result<String, Bad> {
    let post = name(line, &COLUMNS, POST)?;
    post.ok_or_else(|| line.problem(&COLUMNS[POST], "", RowFault::Blank))
}

fn rank(line: &Line<'_>) -> Result<Rank, Bad> {
    let text = line.cell(RANK);
    let allowed = || Rank::ALL.into_iter().map(Rank::word).collect();
    Rank::from_word(text).ok_or_else(|| {
        let fault = match text {
            "" => RowFault::Blank,
            _ => RowFault::UnknownWord { allowed: allowed() },
        };
        line.problem(&COLUMNS[RANK], text, fault)
    })
}

fn roles(line: &Line<'_>) -> Result<Vec<Role>, Bad> {
    let mut roles = Vec::new();
    let words = line.cell(ROLES).split(['、', '，', ',', ';', '；', '/', '\n']).map(str::trim);
    for word in words.filter(|word| !word.is_empty()) {
        let Some(role) = Role::from_word(word) else {
            let allowed = Role::ALL.into_iter().map(Role::word).collect();
            return Err(line.problem(&COLUMNS[ROLES], word, RowFault::UnknownWord { allowed }));
        };
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Ok(roles)
}

/// Nobody is appointed from no day: to leave the day out would be to lose the holder.
fn since(line: &Line<'_>, has_holder: bool) -> Result<Option<Day>, Bad> {
    let text = line.cell(SINCE);
    if text.is_empty() && has_holder {
        return Err(line.problem(&COLUMNS[SINCE], text, RowFault::Blank));
    }
    if text.is_empty() {
        return Ok(None);
    }
    day(text).map(Some).ok_or_else(|| line.problem(&COLUMNS[SINCE], text, RowFault::NotADay))
}
