//! Walks the main part and puts the text together as a person sees it: insertions taken, deletions
//! left out, the results of fields, text boxes after the paragraph that holds them.

use super::label::Labels;
use super::styles::NumPr;
use super::symbols;
use super::table::{Budget, Story};
use crate::caps;
use crate::document::{NotADocument, Note};
use crate::xml::{Open, Space, Token, Xml};

pub(super) fn read(xml: &mut Xml<'_>, labels: Labels) -> Result<(String, Vec<Note>), NotADocument> {
    let mut walker = Walker::new(labels);
    while let Some(token) = xml.next()? {
        match token {
            Token::Open(open) => walker.open(&open)?,
            Token::Close => walker.close()?,
            Token::Text(text) => walker.text(&text),
            Token::Nothing => {}
        }
    }
    Ok(walker.finish())
}

/// Elements whose content is no visible text: instructions, deleted text, layout, phonetic guides, and
/// the properties something had before a revision.
const UNREAD: &[&str] = &[
    "instrText",
    "delText",
    "delInstrText",
    "sectPr",
    "tblPr",
    "rt",
    "pPrChange",
    "rPrChange",
    "trPrChange",
    "tcPrChange",
    "tblPrExChange",
];

/// The element we stand in, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Paragraph,
    ParagraphProperties,
    NumberProperties,
    /// Properties of the paragraph's mark: whether the mark itself was deleted.
    MarkProperties,
    Run,
    RunProperties,
    Text {
        keep_blanks: bool,
    },
    /// The same thing said twice; whether a way was taken already.
    Alternatives {
        taken: bool,
    },
    /// A content control; whether it shows only its prompt.
    Control {
        is_prompt: bool,
    },
    ControlProperties,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    TextBox,
    Other,
}

/// A paragraph being read.
#[derive(Debug, Default)]
struct Paragraph {
    style: Option<String>,
    own: NumPr,
    text: String,
    mark_is_deleted: bool,
    /// A page break begins a new line only if text follows it.
    break_is_due: bool,
    run_is_hidden: bool,
    /// Lines of the text boxes that hang on it.
    boxes: String,
}

/// How often something was seen that the text does not show.
#[derive(Debug, Default)]
struct Seen {
    footnotes: usize,
    comments: usize,
    inserted: usize,
    deleted: usize,
    pictures: usize,
    hidden: usize,
    embedded: usize,
    symbols: usize,
}

struct Walker {
    labels: Labels,
    places: Vec<Place>,
    /// Depth below which nothing is read.
    skipped: Option<usize>,
    stories: Vec<Story>,
    paragraphs: Vec<Paragraph>,
    /// Open fields; whether each still stands in its instruction.
    fields: Vec<bool>,
    /// The text element being read.
    piece: String,
    budget: Budget,
    seen: Seen,
}

impl Walker {
    fn new(labels: Labels) -> Walker {
        Walker {
            labels,
            places: Vec::new(),
            skipped: None,
            stories: vec![Story::default()],
            paragraphs: Vec::new(),
            fields: Vec::new(),
            piece: String::new(),
            budget: Budget::default(),
            seen: Seen::default(),
        }
    }

    fn finish(mut self) -> (String, Vec<Note>) {
        // A well-formed part leaves one story; the reader refuses others.
        let text = self.stories.pop().map(Story::into_text).unwrap_or_default();
        let seen = self.seen;
        let mut notes = Vec::new();
        if seen.inserted + seen.deleted > 0 {
            notes.push(Note::TrackedChanges { inserted: seen.inserted, deleted: seen.deleted });
        }
        let counted = [
            (seen.footnotes, Note::Footnotes { count: seen.footnotes }),
            (seen.comments, Note::Comments { count: seen.comments }),
            (seen.pictures, Note::Pictures { count: seen.pictures }),
            (seen.hidden, Note::HiddenText { count: seen.hidden }),
            (seen.embedded, Note::Embedded { count: seen.embedded }),
            (seen.symbols, Note::Symbols { count: seen.symbols }),
        ];
        notes.extend(counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, note)| note));
        notes.extend(self.labels.notes());
        (text, notes)
    }

    fn open(&mut self, open: &Open<'_>) -> Result<(), NotADocument> {
        let parent = self.places.last().copied().unwrap_or(Place::Other);
        let place = if self.skipped.is_some() {
            Place::Other
        } else {
            match open.space {
                Space::Word => self.word(open, parent)?,
                Space::Compatibility => self.alternative(open.name(), parent),
                Space::Math if open.name() == "t" => Place::Text { keep_blanks: true },
                Space::Math => Place::Other,
                Space::Other => {
                    if matches!(open.name(), "blip" | "imagedata") {
                        self.seen.pictures += 1;
                    }
                    Place::Other
                }
            }
        };
        self.places.push(place);
        Ok(())
    }

    fn close(&mut self) -> Result<(), NotADocument> {
        let Some(place) = self.places.pop() else { return Ok(()) };
        if let Some(depth) = self.skipped {
            if self.places.len() <= depth {
                self.skipped = None;
            }
            return Ok(());
        }
        match place {
            Place::Text { keep_blanks } => self.end_piece(keep_blanks)?,
            Place::Paragraph => self.end_paragraph()?,
            Place::TextBox => self.end_box()?,
            Place::Cell => {
                let (story, budget) = self.story();
                story.close_cell(budget)?;
            }
            Place::Row => {
                let (story, budget) = self.story();
                story.close_row(budget)?;
            }
            Place::Table => self.story().0.close_table(),
            Place::Run => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run_is_hidden = false;
                }
            }
            Place::ParagraphProperties
            | Place::NumberProperties
            | Place::MarkProperties
            | Place::RunProperties
            | Place::Alternatives { .. }
            | Place::Control { .. }
            | Place::ControlProperties
            | Place::RowProperties
            | Place::CellProperties
            | Place::Other => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_none() && matches!(self.places.last(), Some(Place::Text { .. })) {
            self.piece.push_str(text);
        }
    }

    /// Nothing below the element that is being opened is read.
    fn skip(&mut self) -> Place {
        self.skipped = Some(self.places.len());
        Place::Other
    }

    fn word(&mut self, open: &Open<'_>, parent: Place) -> Result<Place, NotADocument> {
        Ok(match (parent, open.name()) {
            (Place::MarkProperties, "del" | "moveFrom") => {
                self.seen.deleted += 1;
                self.with_paragraph(|paragraph| paragraph.mark_is_deleted = true)
            }
            (Place::RowProperties, "del") => {
                self.seen.deleted += 1;
                self.story().0.delete_row();
                Place::Other
            }
            (Place::CellProperties, "cellDel") => {
                self.seen.deleted += 1;
                self.story().0.delete_cell();
                Place::Other
            }
            (_, "del" | "moveFrom") => {
                self.seen.deleted += 1;
                self.skip()
            }
            (_, "ins" | "moveTo" | "cellIns") => {
                self.seen.inserted += 1;
                Place::Other
            }
            (_, name) if UNREAD.contains(&name) => self.skip(),
            (_, "p") => {
                self.paragraphs.push(Paragraph::default());
                Place::Paragraph
            }
            (Place::Paragraph, "pPr") => Place::ParagraphProperties,
            (Place::ParagraphProperties, name) => self.paragraph_property(name, open),
            (Place::NumberProperties, name) => self.number_property(name, open),
            (_, "r") => Place::Run,
            (Place::Run, name) => self.in_run(name, open)?,
            (Place::RunProperties, "vanish") if open.is_on() => {
                self.with_paragraph(|paragraph| paragraph.run_is_hidden = true)
            }
            (_, "sdt") => Place::Control { is_prompt: false },
            (Place::Control { .. }, "sdtPr") => Place::ControlProperties,
            (Place::ControlProperties, "showingPlcHdr") if open.is_on() => {
                let control = self.places.len().checked_sub(2);
                if let Some(place) = control.and_then(|at| self.places.get_mut(at)) {
                    *place = Place::Control { is_prompt: true };
                }
                Place::Other
            }
            (Place::Control { is_prompt: true }, "sdtContent") => self.skip(),
            (_, "txbxContent") => {
                self.stories.push(Story::default());
                Place::TextBox
            }
            (_, "altChunk" | "subDoc") => {
                self.seen.embedded += 1;
                Place::Other
            }
            (parent, name) => self.table(parent, name, open)?,
        })
    }

    fn paragraph_property(&mut self, name: &str, open: &Open<'_>) -> Place {
        match name {
            "pStyle" => {
                let style = open.attr("val");
                self.with_paragraph(|paragraph| paragraph.style = style)
            }
            "numPr" => Place::NumberProperties,
            "rPr" => Place::MarkProperties,
            _ => Place::Other,
        }
    }

    fn number_property(&mut self, name: &str, open: &Open<'_>) -> Place {
        let number = open.number();
        match name {
            "numId" => self.with_paragraph(|paragraph| paragraph.own.num = number),
            "ilvl" => self.with_paragraph(|paragraph| {
                paragraph.own.level = number.and_then(|n| usize::try_from(n).ok());
            }),
            _ => Place::Other,
        }
    }

    fn in_run(&mut self, name: &str, open: &Open<'_>) -> Result<Place, NotADocument> {
        match name {
            "rPr" => return Ok(Place::RunProperties),
            "t" => {
                let keep_blanks = open.attr("space").as_deref() == Some("preserve");
                return Ok(Place::Text { keep_blanks });
            }
            "tab" | "ptab" => self.put("\t")?,
            "cr" => self.put("\n")?,
            "br" => match open.attr("type").as_deref() {
                Some("page" | "column") => {
                    return Ok(self.with_paragraph(|paragraph| paragraph.break_is_due = true));
                }
                _ => self.put("\n")?,
            },
            "noBreakHyphen" => self.put("-")?,
            "sym" => self.symbol(open)?,
            "footnoteReference" | "endnoteReference" => self.seen.footnotes += 1,
            "commentReference" => self.seen.comments += 1,
            "fldChar" => match open.attr("fldCharType").as_deref() {
                Some("begin") => {
                    if self.fields.len() >= caps::FIELD_DEPTH {
                        self.fields.clear();
                    }
                    self.fields.push(true);
                }
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = false;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            // A soft hyphen shows only where a line breaks on it: it is no text.
            _ => {}
        }
        Ok(Place::Other)
    }

    fn symbol(&mut self, open: &Open<'_>) -> Result<(), NotADocument> {
        let code = open.attr("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let font = open.attr("font").unwrap_or_default();
        let shown = code.and_then(|code| symbols::symbol(&font, code));
        if shown.is_none() {
            self.seen.symbols += 1;
        }
        self.put(shown.unwrap_or(symbols::UNKNOWN).encode_utf8(&mut [0; 4]))
    }

    fn table(&mut self, parent: Place, name: &str, open: &Open<'_>) -> Result<Place, NotADocument> {
        let (story, budget) = self.story();
        Ok(match (parent, name) {
            (_, "tbl") => {
                story.open_table();
                Place::Table
            }
            (_, "tr") => {
                story.open_row();
                Place::Row
            }
            (_, "trPr") => Place::RowProperties,
            (Place::RowProperties, "gridBefore") => {
                story.skip_cells(open.number(), budget)?;
                Place::Other
            }
            (_, "tc") => {
                story.open_cell();
                Place::Cell
            }
            (_, "tcPr") => Place::CellProperties,
            (Place::CellProperties, "gridSpan") => {
                story.span_cell(open.number());
                Place::Other
            }
            (Place::CellProperties, "vMerge" | "hMerge") => {
                if open.attr("val").as_deref() != Some("restart") {
                    story.continue_cell();
                }
                Place::Other
            }
            _ => Place::Other,
        })
    }

    fn alternative(&mut self, name: &str, parent: Place) -> Place {
        match (name, parent) {
            ("AlternateContent", _) => Place::Alternatives { taken: false },
            ("Choice" | "Fallback", Place::Alternatives { taken: true }) => self.skip(),
            ("Choice" | "Fallback", Place::Alternatives { taken: false }) => {
                if let Some(place) = self.places.last_mut() {
                    *place = Place::Alternatives { taken: true };
                }
                Place::Other
            }
            _ => Place::Other,
        }
    }

    fn with_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) -> Place {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
        Place::Other
    }

    /// The innermost story. There is always one: the body's is never taken before the end.
    fn story(&mut self) -> (&mut Story, &mut Budget) {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        (&mut self.stories[last], &mut self.budget)
    }

    /// Visible text at the present place of the paragraph.
    fn put(&mut self, text: &str) -> Result<(), NotADocument> {
        let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
        if text.is_empty() || self.fields.contains(&true) {
            return Ok(());
        }
        if paragraph.run_is_hidden {
            self.seen.hidden += 1;
            return Ok(());
        }
        if std::mem::take(&mut paragraph.break_is_due) && !paragraph.text.is_empty() {
            paragraph.text.push('\n');
        }
        paragraph.text.push_str(text);
        self.budget.spend(text)
    }

    fn end_piece(&mut self, keep_blanks: bool) -> Result<(), NotADocument> {
        let piece = std::mem::take(&mut self.piece);
        // XML's blanks, as Word trims them; the full-width blank is text.
        let kept = if keep_blanks { &piece } else { piece.trim_matches([' ', '\t', '\n', '\r']) };
        let shown: String = kept
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c })
            .filter(|c| *c == '\t' || !c.is_control())
            .collect();
        self.put(&shown)
    }

    fn end_paragraph(&mut self) -> Result<(), NotADocument> {
        let Some(paragraph) = self.paragraphs.pop() else { return Ok(()) };
        // No instruction runs over a paragraph's end; a field left open must not swallow the rest.
        self.fields.retain(|in_instruction| !in_instruction);
        if paragraph.mark_is_deleted {
            self.story().0.carry.push_str(&paragraph.text);
        } else {
            let label = self.labels.next(paragraph.style.as_deref(), paragraph.own);
            self.budget.spend(&label.text)?;
            let (story, budget) = self.story();
            let carry = std::mem::take(&mut story.carry);
            let line = label.before(&(carry + &paragraph.text));
            if !line.is_empty() || paragraph.boxes.is_empty() {
                story.paragraph(&line, budget)?;
            }
        }
        self.put_boxes(&paragraph.boxes)
    }

    fn put_boxes(&mut self, boxes: &str) -> Result<(), NotADocument> {
        let (story, budget) = self.story();
        boxes.lines().try_for_each(|line| story.paragraph(line, budget))
    }

    fn end_box(&mut self) -> Result<(), NotADocument> {
        let text = self.stories.pop().map(Story::into_text).unwrap_or_default();
        match self.paragraphs.last_mut() {
            Some(paragraph) => {
                paragraph.boxes.push_str(&text);
                Ok(())
            }
            None => self.put_boxes(&text),
        }
    }
}
