//! Tables: one line per row, cells parted by tabs. The heading row says what the columns mean;
//! blank or repeated cells are merged ones and carry their value down.

use alloc::vec;
use alloc::vec::Vec;

use super::date;
use super::draft::{self, Draft, List, One};
use super::frequency;
use super::page::Page;
use super::rule;
use super::scan;
use super::shape::{Kind, Span};
use super::unit;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Column {
    Number,
    Problem,
    Measure,
    Leader,
    Lead,
    Coop,
    Resp,
    Limit,
    Standard,
    Other,
}

/// What a heading cell announces. The order decides where a heading has several of the words.
fn column(heading: &[char]) -> Option<Column> {
    const KINDS: [(&[&str], Column); 9] = [
        (&["序号", "编号"], Column::Number),
        (&["时限", "时间", "期限", "时序", "进度安排"], Column::Limit),
        (&["措施", "任务", "内容", "事项", "举措", "做法"], Column::Measure),
        (&["问题"], Column::Problem),
        (&["领导", "责任人", "负责人", "联系人"], Column::Leader),
        (&["配合", "协办", "协同", "参与"], Column::Coop),
        (&["牵头", "主办"], Column::Lead),
        (&["标准", "成效", "成果", "目标", "要求"], Column::Standard),
        (&["责任", "单位", "部门", "科室", "股室", "处室", "承办"], Column::Resp),
    ];
    if heading.is_empty() || heading.len() > 12 {
        return None;
    }
    let kind = KINDS.iter().find(|(words, _)| scan::has_any(heading, words)).map(|(_, kind)| *kind);
    kind.or_else(|| {
        scan::has_any(heading, &["备注", "类别", "项目", "领域"]).then_some(Column::Other)
    })
}

fn cells(page: &Page, row: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = row.start;
    for i in row.start..=row.end {
        if i == row.end || page.chars[i] == '\t' {
            out.push(page.trim(Span::new(start, i), ""));
            start = i + 1;
        }
    }
    out
}

/// A heading row has at least two known headings and nothing long.
fn heading_row(page: &Page, cells: &[Span]) -> Option<Vec<Column>> {
    let known = |cell: &Span| column(page.part(*cell));
    let count = cells.iter().filter(|cell| known(cell).is_some()).count();
    let says_work = cells.iter().any(|cell| {
        matches!(known(cell), Some(Column::Measure | Column::Problem | Column::Resp | Column::Lead))
    });
    let short = cells.iter().all(|cell| cell.len() <= 12);
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    (count >= 2 && count * 2 > filled && says_work && short)
        .then(|| cells.iter().map(|cell| known(cell).unwrap_or(Column::Other)).collect())
}

/// Reads the rows that belong to one place of the outline.
pub(super) struct Table<'a> {
    page: &'a Page,
    place: Option<usize>,
    year: Option<i32>,
    columns: Option<Vec<Column>>,
    fresh: bool,
    above: Vec<Span>,
}

impl<'a> Table<'a> {
    pub(super) fn new(page: &'a Page, place: Option<usize>, year: Option<i32>) -> Table<'a> {
        Table { page, place, year, columns: None, fresh: false, above: Vec::new() }
    }

    /// The items of one row; none where no heading row has been met.
    pub(super) fn row(&mut self, row: Span) -> Option<Vec<Draft>> {
        let cells = cells(self.page, row);
        if let Some(found) = heading_row(self.page, &cells) {
            self.heading(found);
            return Some(Vec::new());
        }
        let columns = self.columns.clone()?;
        self.fresh = false;
        let items = self.items(&columns, &cells, row);
        self.above = self.carried(&columns, &cells);
        Some(items)
    }

    /// A second heading row right below the first splits its merged columns.
    fn heading(&mut self, found: Vec<Column>) {
        let merged = match self.columns.take().filter(|_| self.fresh) {
            Some(first) => {
                let above = |i: usize| first.get(i).copied().unwrap_or(Column::Other);
                let pick = |(i, kind): (usize, &Column)| {
                    if *kind == Column::Other { above(i) } else { *kind }
                };
                found.iter().enumerate().map(pick).collect()
            }
            None => found,
        };
        self.columns = Some(merged);
        self.fresh = true;
        self.above = Vec::new();
    }

    /// What the next row finds above it.
    fn carried(&self, columns: &[Column], cells: &[Span]) -> Vec<Span> {
        let none = Span::new(0, 0);
        let cell = |i: usize| cells.get(i).copied().filter(|cell| !cell.is_empty());
        let above = |i: usize| self.above.get(i).copied().unwrap_or(none);
        (0..columns.len()).map(|i| cell(i).unwrap_or_else(|| above(i))).collect()
    }

    /// Is this row a part of the row above (its number and its problem are merged cells)?
    fn continues(&self, columns: &[Column], cells: &[Span]) -> bool {
        let mut keys = columns
            .iter()
            .enumerate()
            .filter(|(_, kind)| matches!(kind, Column::Number | Column::Problem));
        let same = |i: usize| {
            let cell = cells.get(i).copied().unwrap_or(Span::new(0, 0));
            cell.is_empty() || self.repeats(i, cell)
        };
        !self.above.is_empty() && columns.len() > 1 && keys.all(|(i, _)| same(i))
    }

    fn repeats(&self, i: usize, cell: Span) -> bool {
        let above = self.above.get(i).copied().unwrap_or(Span::new(0, 0));
        !cell.is_empty() && self.page.part(above) == self.page.part(cell)
    }

    fn items(&self, columns: &[Column], cells: &[Span], row: Span) -> Vec<Draft> {
        let page = self.page;
        let continues = self.continues(columns, cells);
        let mut out = Vec::new();
        let mut start = None;
        for (i, (kind, cell)) in columns.iter().zip(cells).enumerate() {
            if cell.is_empty() || (continues && self.repeats(i, *cell) && *kind == Column::Problem)
            {
                continue;
            }
            if *kind == Column::Problem {
                out.push(Draft::new(Kind::Problem, self.place, *cell));
            } else if *kind == Column::Measure
                && start.is_none()
                && !self.merged_measure(columns, i, *cell)
            {
                start = Some(cell.start);
            }
        }
        if let Some(start) = start {
            let end = page.trim(row, "").end;
            let mut task = Draft::new(Kind::Task, self.place, Span::new(start, end));
            for (i, kind) in columns.iter().enumerate() {
                let own = cells.get(i).copied().filter(|cell| !cell.is_empty());
                let above =
                    self.above.get(i).copied().filter(|above| continues && !above.is_empty());
                let cell = own.or_else(|| above.filter(|_| *kind != Column::Measure));
                if let Some(cell) = cell {
                    self.fill(&mut task, *kind, cell);
                }
            }
            out.push(task);
        }
        out
    }

    /// With two columns for the work (任务 and 措施), a repeated first one is a merged cell.
    fn merged_measure(&self, columns: &[Column], i: usize, cell: Span) -> bool {
        let more = columns.iter().skip(i + 1).any(|kind| *kind == Column::Measure);
        more && self.repeats(i, cell)
    }

    fn fill(&self, task: &mut Draft, kind: Column, cell: Span) {
        let page = self.page;
        let x = page.part(cell);
        let units = || unit::units(page, cell);
        match kind {
            Column::Measure => {
                task.freq(cell.start, &frequency::frequencies(x), "table-measure");
                task.by(cell.start, &date::deadlines(x, self.year), "table-measure");
            }
            Column::Leader => task.names(List::Leader, units(), "table-column"),
            Column::Lead => task.names(List::Lead, units(), "table-column"),
            Column::Coop => task.names(List::Coop, units(), "table-column"),
            Column::Resp => responsible(page, task, cell),
            Column::Limit => {
                task.by(cell.start, &self.limits(x), "table-limit");
                task.modes(cell.start, &rule::modes(x));
                task.freq(cell.start, &frequency::frequencies(x), "table-limit");
            }
            Column::Standard => task.one(One::Standard, draft::named(page, cell), "table-column"),
            Column::Number | Column::Problem | Column::Other => {}
        }
    }

    /// In a column of limits a date needs no 「前」.
    fn limits(&self, x: &[char]) -> Vec<date::Placed<super::shape::Moment>> {
        let said = date::deadlines(x, self.year);
        if !said.is_empty() {
            return said;
        }
        let period = date::period(x, self.year);
        period.map_or_else(Vec::new, |period| {
            let value = super::shape::Moment { day: period.value.by, time: None };
            vec![date::Placed { value, start: period.start, end: period.end }]
        })
    }
}

/// 「甲股（牵头）、乙股」, 「甲中心牵头，各股配合」, or plain units.
fn responsible(page: &Page, task: &mut Draft, cell: Span) {
    let x = page.part(cell);
    let marks = ["（牵头）", "(牵头)"];
    if scan::has_any(x, &marks) {
        let marked =
            |named: &unit::Named| scan::word_at(&page.chars, named.span.end, &marks).is_some();
        let (lead, coop) = unit::units(page, cell).into_iter().partition(marked);
        task.names(List::Lead, lead, "table-marked-lead");
        task.names(List::Coop, coop, "table-marked-lead");
    } else if let Some(place) = scan::find(x, 0, "牵头").filter(|&place| place > 0) {
        let lead = Span::new(cell.start, cell.start + place);
        let rest = page.trim(Span::new(lead.end + 2, cell.end), "，,；;、：:");
        task.names(List::Lead, unit::units(page, lead), "table-spoken-lead");
        task.names(List::Coop, unit::units(page, rest), "table-spoken-lead");
    } else {
        task.names(List::Resp, unit::units(page, cell), "table-column");
    }
}
