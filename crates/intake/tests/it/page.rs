//! What a person sees on the page is the text: runs, revisions, fields, boxes, tables.

use crate::build::{Docx, p};
use intake::{Note, document};

#[track_caller]
fn check(body: &str, expected: &str) {
    let docx = Docx { body: body.to_owned(), ..Docx::default() };
    assert_eq!(docx.text(), expected);
}

fn r(inner: &str) -> String {
    format!("<w:r>{inner}</w:r>")
}

fn t(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn runs_tabs_and_breaks() {
    check(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
        "甲\t乙\n丙",
    );
    check(
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        "甲",
    );
    check(
        &format!("<w:p>{}<w:r><w:br w:type=\"page\"/></w:r></w:p>{}", t("甲"), p("乙")),
        "甲\n乙",
    );
    check("<w:p><w:r><w:t> 甲 </w:t><w:t xml:space=\"preserve\"> 乙 </w:t></w:r></w:p>", "甲 乙 ");
    check(
        "<w:p><w:r><w:t>2026</w:t><w:noBreakHyphen/><w:t>9</w:t><w:softHyphen/></w:r></w:p>",
        "2026-9",
    );
    check("<w:p><w:r><w:t>a&amp;b&#x4E59;<![CDATA[<c>]]></w:t></w:r></w:p>", "a&b乙<c>");
    check("<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r></w:p>", "☑");
}

#[test]
fn insertions_are_taken_and_deletions_left_out() {
    let body = format!(
        "<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>",
        t("甲"),
        r("<w:delText>乙</w:delText>"),
        t("丙"),
        t("丁"),
        t("戊")
    );
    check(&body, "甲丙戊");
}

#[test]
fn a_deleted_paragraph_mark_joins_what_follows() {
    let mark = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>";
    let body = format!("<w:p>{mark}{}</w:p>{}{}", t("甲"), p("乙"), p("丙"));
    check(&body, "甲乙\n丙");
    let gone = format!("<w:p>{mark}<w:del>{}</w:del></w:p>", r("<w:delText>甲</w:delText>"));
    check(&format!("{gone}{}", p("乙")), "乙");
    check(&format!("<w:p>{mark}{}</w:p>", t("甲")), "甲");
}

#[test]
fn fields_show_their_results() {
    let char = |kind: &str| r(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let field = char("begin")
        + &r("<w:instrText> REF x </w:instrText>")
        + &t("内")
        + &char("separate")
        + &t("见附件")
        + &char("end");
    check(&format!("<w:p>{field}{}</w:p>", t("一")), "见附件一");
    check(&format!("<w:p><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple></w:p>", t("三月")), "三月");
    // A field that never ends its instruction must not swallow the rest of the document.
    check(&format!("<w:p>{}{}</w:p>{}", t("甲"), char("begin"), p("乙")), "甲\n乙");
}

#[test]
fn a_text_box_is_said_once_after_its_paragraph() {
    let box_of = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let twice = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice><mc:Fallback>{}\
         </mc:Fallback></mc:AlternateContent></w:r>",
        box_of("框"),
        box_of("旧框")
    );
    check(&format!("<w:p>{twice}{}</w:p>{}", t("甲"), p("乙")), "甲\n框\n乙");
    check(&format!("<w:p>{twice}</w:p>{}", p("乙")), "框\n乙");
}

#[test]
fn controls_links_and_guides_are_seen_through() {
    check(&format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", p("甲")), "甲");
    let prompt = format!(
        "<w:p>{}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>",
        t("甲"),
        t("单击此处输入文字")
    );
    check(&prompt, "甲");
    check(
        &format!("<w:p><w:hyperlink><w:smartTag>{}</w:smartTag></w:hyperlink></w:p>", t("甲")),
        "甲",
    );
    let ruby =
        format!("<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>", t("pin"), t("品"));
    check(&format!("<w:p><w:r>{ruby}</w:r></w:p>"), "品");
}

#[test]
fn what_the_text_leaves_out_is_noted() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id=\"2\"/><w:commentReference w:id=\"1\"/>\
                </w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:sym w:font=\"Own\" \
                w:char=\"F001\"/></w:r></w:p><w:altChunk/>";
    let docx = Docx { body: body.to_owned(), ..Docx::default() };
    let read = document(&docx.bytes()).unwrap();
    assert_eq!(read.text, "甲□");
    let expected = [
        Note::Footnotes { count: 1 },
        Note::Comments { count: 1 },
        Note::HiddenText { count: 1 },
        Note::Embedded { count: 1 },
        Note::Symbols { count: 1 },
    ];
    assert_eq!(read.notes, expected);
}

/// A row of cells, each "properties text", paragraphs of a cell parted by '/'.
fn row(cells: &[(&str, &str)]) -> String {
    let cell = |(properties, text): &(&str, &str)| {
        let inner: String = text.split('/').map(p).collect();
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>")
    };
    format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn a_row_is_a_line() {
    let table = |rows: &str| format!("{}<w:tbl><w:tblPr/>{rows}</w:tbl>{}", p("前"), p("后"));
    let start = "<w:vMerge w:val=\"restart\"/>";
    let rows = row(&[("", "序号"), ("<w:gridSpan w:val=\"2\"/>", "任务"), ("", "时限")])
        + &row(&[("", "1"), (start, "甲"), ("", "做完。/再做/一次"), ("", "5月")])
        + &row(&[("", "2"), ("<w:vMerge/>", "旧字"), ("", ""), ("", "6月")]);
    check(&table(&rows), "前\n序号\t任务\t\t时限\n1\t甲\t做完。再做 一次\t5月\n2\t\t\t6月\n后");
    let inner = format!("<w:tbl>{}</w:tbl><w:p/>", row(&[("", "内"), ("", "表")]));
    let nested = format!("<w:tr><w:tc>{inner}</w:tc><w:tc>{}</w:tc></w:tr>", p("外"));
    check(&table(&nested), "前\n内 表\t外\n后");
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr>", p("删"));
    check(&table(&(deleted + &row(&[("", "留")]))), "前\n留\n后");
    let before = format!(
        "<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr><w:tc>{}</w:tc></w:tr>",
        p("右")
    );
    check(&table(&before), "前\n\t\t右\n后");
}

#[test]
fn the_strict_vocabulary_and_other_prefixes_are_word_too() {
    let main = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r>\
                <x:t>甲</x:t></x:r></x:p></x:body></x:document>";
    assert_eq!(document(&crate::build::raw(main.as_bytes())).unwrap().text, "甲");
    let drawing = "<a:p xmlns:a=\"urn:drawing\"><a:r><a:t>图</a:t></a:r></a:p>";
    check(&format!("{}{drawing}", p("甲")), "甲");
}
