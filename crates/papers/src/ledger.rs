//! 问题整改台账 with its companions, as one workbook.

use crate::about::{About, about};
use crate::book::{Book, MOST_ROWS, Written};
use crate::column::LEDGER;
use crate::material::{AsOf, MatterTexts};
use crate::row::Row;
use crate::{NotMade, tasks};
use rules::access::Marking;
use rules::ids::MatterId;
use rules::register::Register;
use words::Lang;

/// The 问题整改台账 and every campaign's 任务分解表 as an .xlsx workbook.
///
/// Matters that `may_see` refuses are absent and not counted. `texts` is asked once for each
/// matter that is shown. The same state gives the same bytes. Sheets: 问题整改台账 (and 2, 3, …
/// when one is full), 任务分解表 for each campaign, 续文 when a text did not fit its cell, 说明.
pub fn ledger_xlsx(
    register: &Register,
    facts: &AsOf,
    may_see: &dyn Fn(MatterId) -> bool,
    texts: &dyn Fn(MatterId) -> MatterTexts,
    lang: Lang,
) -> Result<Vec<u8>, NotMade> {
    let source = Shown { register, may_see, texts };
    made(&source, facts, Book::new(lang, MOST_ROWS))
}

/// What is shown, and to whom.
struct Shown<'a> {
    register: &'a Register,
    may_see: &'a dyn Fn(MatterId) -> bool,
    texts: &'a dyn Fn(MatterId) -> MatterTexts,
}

fn made(shown: &Shown<'_>, facts: &AsOf, mut book: Book) -> Result<Vec<u8>, NotMade> {
    let (mut sheets, marking) = matters(shown, facts, &mut book)?;
    let tasks = tasks::sheets(shown.register, facts.today, &mut book)?;
    sheets.extend(book.rest()?.into_iter().map(|written| (written, None)));
    let campaigns = tasks.into_iter().map(|(written, title)| (written, Some(title)));
    // On the page about the workbook the sheets stand in their order.
    let at = sheets.iter().position(|(written, _)| written.name == book.word("rest-sheet"));
    sheets.splice(at.unwrap_or(sheets.len())..at.unwrap_or(sheets.len()), campaigns);
    about(&mut book, &About { register: shown.register, facts, sheets: &sheets, marking })?;
    book.bytes(facts.today)
}

type Sheets = Vec<(Written, Option<String>)>;

fn matters(shown: &Shown<'_>, facts: &AsOf, book: &mut Book) -> Result<(Sheets, Marking), NotMade> {
    let name = book.word(LEDGER.name);
    let mut pages = book.pages(LEDGER, name)?;
    let (mut no, mut marking) = (0_u32, Marking::Public);
    for (id, matter) in shown.register.matters().filter(|(id, _)| (shown.may_see)(*id)) {
        no = no.checked_add(1).ok_or(NotMade::TooMany)?;
        marking = marking.max(matter.marking);
        let texts = (shown.texts)(id);
        let row = Row { book: pages.book(), register: shown.register, facts, id, matter };
        let cells = row.cells(no, &texts);
        pages.push(cells)?;
    }
    let sheets = pages.finish()?.into_iter().map(|written| (written, None)).collect();
    Ok((sheets, marking))
}

#[cfg(test)]
mod tests;
