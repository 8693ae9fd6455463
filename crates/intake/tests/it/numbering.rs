//! Labels of automatic numbering, one rule of Word's at a time.

use crate::build::{Docx, numbered, p};
use intake::{Note, document};

/// Levels as "format text", one a line; anything after a second blank goes into the level as XML.
fn levels(lines: &str) -> String {
    let level = |(at, line): (usize, &str)| {
        let mut words = line.trim().splitn(3, ' ');
        let (format, text) = (words.next().unwrap(), words.next().unwrap_or(""));
        let more = words.next().unwrap_or("");
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/>{more}</w:lvl>"
        )
    };
    lines.trim().lines().enumerate().map(level).collect()
}

fn define(id: i32, inner: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{inner}</w:abstractNum>")
}

fn num(id: i32, of: i32, inner: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{of}\"/>{inner}</w:num>")
}

/// One numbering, and the labels of paragraphs at these levels.
#[track_caller]
fn check(level_lines: &str, at: &[usize], expected: &str) {
    let docx = Docx {
        body: at.iter().map(|level| numbered(1, *level, "")).collect(),
        numbering: define(1, &levels(level_lines)) + &num(1, 1, ""),
        ..Docx::default()
    };
    assert_eq!(docx.text().lines().collect::<Vec<_>>().join(" | "), expected);
}

#[test]
fn levels_count_and_lower_levels_begin_anew() {
    let plan =
        "chineseCounting %1、\nchineseCounting （%2）\ndecimal %3.\ndecimalEnclosedCircle %4";
    check(plan, &[0, 1, 1, 2, 3, 3, 0, 1], "一、 | （一） | （二） | 1. | ① | ② | 二、 | （一）");
}

#[test]
fn a_level_above_that_was_never_used_counts_as_begun() {
    check("decimal %1\ndecimal %1.%2\ndecimal %1.%2.%3", &[2, 2, 1], "1.1.1 | 1.1.2 | 1.2");
}

#[test]
fn a_label_that_ends_in_a_word_is_set_off_by_a_blank() {
    let docx = |suff: &str| Docx {
        body: numbered(1, 0, "总则"),
        numbering: define(1, &levels(&format!("chineseCountingThousand 第%1章 {suff}")))
            + &num(1, 1, ""),
        ..Docx::default()
    };
    assert_eq!(docx("").text(), "第一章 总则");
    assert_eq!(docx("<w:suff w:val=\"space\"/>").text(), "第一章 总则");
    assert_eq!(docx("<w:suff w:val=\"nothing\"/>").text(), "第一章总则");
}

#[test]
fn legal_numbering_is_decimal_throughout() {
    let lines = "chineseCounting 第%1条\ndecimal %1.%2) <w:isLgl/>";
    check(lines, &[0, 0, 1], "第一条 | 第二条 | 2.1)");
}

#[test]
fn restart_rules_hold() {
    let never = "decimal %1.\ndecimal %2) <w:lvlRestart w:val=\"0\"/>";
    check(never, &[0, 1, 1, 0, 1], "1. | 1) | 2) | 2. | 3)");
    let only_after_first = "decimal %1.\ndecimal %2)\ndecimal %3] <w:lvlRestart w:val=\"1\"/>";
    check(only_after_first, &[0, 1, 2, 1, 2, 0, 2], "1. | 1) | 1] | 2) | 2] | 2. | 1]");
}

#[test]
fn numberings_of_one_definition_count_on_unless_they_start_anew() {
    let anew = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let docx = Docx {
        body: [1, 1, 2, 3, 3, 1].map(|num| numbered(num, 0, "")).concat(),
        numbering: define(1, &levels("decimal %1."))
            + &num(1, 1, "")
            + &num(2, 1, "")
            + &num(3, 1, anew),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "1.\n2.\n3.\n1.\n2.\n3.");
}

#[test]
fn a_numbering_may_replace_a_level() {
    let other = "<w:lvlOverride w:ilvl=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"5\"/>\
                 <w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:lvlOverride>";
    let docx = Docx {
        body: numbered(1, 0, "") + &numbered(1, 0, ""),
        numbering: define(1, &levels("decimal %1.")) + &num(1, 1, other),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "V)\nVI)");
}

/// The rest of a style: its parent and its numbering.
fn style(id: &str, based_on: &str, num_pr: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:basedOn w:val=\"{based_on}\"/><w:pPr>\
         <w:numPr>{num_pr}</w:numPr></w:pPr></w:style>"
    )
}

fn styled(style: &str, more: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr></w:p>")
}

#[test]
fn styles_number_their_paragraphs() {
    let linked = "chineseCounting %1、 <w:pStyle w:val=\"H1\"/>\nchineseCounting （%2） <w:pStyle w:val=\"H2\"/>";
    let none = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let docx = Docx {
        body: styled("H1", "")
            + &styled("H2", "")
            + &styled("Child", "")
            + &styled("H2", none)
            + &styled("Plain", "")
            + &styled("Level", ""),
        numbering: define(1, &levels(linked)) + &num(1, 1, ""),
        styles: style("H1", "Normal", "<w:numId w:val=\"1\"/>")
            + &style("H2", "Normal", "<w:numId w:val=\"1\"/>")
            + &style("Child", "H2", "")
            + &style("Plain", "H1", "<w:numId w:val=\"0\"/>")
            + &style("Level", "Normal", "<w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"),
    };
    assert_eq!(docx.text(), "一、\n（一）\n（二）\n\n\n（三）");
}

#[test]
fn a_numbering_style_lends_its_levels() {
    let link = "<w:numStyleLink w:val=\"List\"/>";
    let holder = "<w:styleLink w:val=\"List\"/>".to_owned() + &levels("ideographTraditional %1、");
    let docx = Docx {
        body: numbered(2, 0, "") + &numbered(2, 0, ""),
        numbering: define(1, &holder) + &define(2, link) + &num(1, 1, "") + &num(2, 2, ""),
        styles: "<w:style w:type=\"numbering\" w:styleId=\"List\"><w:pPr><w:numPr>\
                 <w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
            .to_owned(),
    };
    assert_eq!(docx.text(), "甲、\n乙、");
    let without_style = Docx { styles: String::new(), ..docx };
    assert_eq!(without_style.text(), "甲、\n乙、");
}

#[test]
fn circles_of_styles_end() {
    let docx = Docx {
        body: styled("A", "") + &p("x"),
        styles: style("A", "B", "") + &style("B", "A", ""),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "\nx");
}

#[test]
fn bullets_and_hidden_numbers() {
    check(
        "none %1\nbullet \u{f0b7}\nbullet l <w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>",
        &[1, 2],
        "• | ●",
    );
    let docx = Docx {
        body: numbered(1, 0, "甲"),
        numbering: define(1, &levels("none %1")) + &num(1, 1, ""),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "甲");
}

#[test]
fn what_we_cannot_number_is_noted() {
    let docx = Docx {
        body: numbered(1, 0, "甲") + &numbered(9, 0, "乙"),
        numbering: define(1, &levels("hebrew1 %1.")) + &num(1, 1, ""),
        ..Docx::default()
    };
    let read = document(&docx.bytes()).unwrap();
    assert_eq!(read.text, "1.甲\n乙");
    let format = "hebrew1".to_owned();
    assert_eq!(read.notes, [Note::NumberFormat { format }, Note::MissingNumbering { count: 1 }]);
}

#[test]
fn a_deleted_paragraph_takes_no_number() {
    let gone = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>\
                <w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>";
    let docx = Docx {
        body: numbered(1, 0, "甲") + gone + &numbered(1, 0, "丙"),
        numbering: define(1, &levels("decimal %1.")) + &num(1, 1, ""),
        ..Docx::default()
    };
    assert_eq!(docx.text(), "1.甲\n2.丙");
}

#[test]
fn a_format_of_its_own_falls_back_to_the_one_beside_it() {
    let custom = "<mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" \
                  w:format=\"001, 002, 003, ...\"/></mc:Choice><mc:Fallback><w:numFmt w:val=\"upperLetter\"/>\
                  </mc:Fallback></mc:AlternateContent>";
    check(&format!("decimal %1) {custom}"), &[0, 0], "A) | B)");
}
