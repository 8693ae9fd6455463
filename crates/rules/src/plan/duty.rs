//! Posts in the campaign's own organisation: 「由某局长任组长」, 「办公室设在窗口管理股」, 「组长：张某」.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::page::Page;
use super::scan;
use super::shape::Span;
use super::unit::Named;

/// A post and who holds it.
pub(super) struct Duty {
    pub(super) span: Span,
    pub(super) role: Named,
    pub(super) who: Named,
    pub(super) rule: &'static str,
}

const POSTS: &[&str] = &[
    "常务副组长",
    "副组长",
    "组长",
    "成员",
    "总召集人",
    "副召集人",
    "召集人",
    "办公室主任",
    "办公室副主任",
    "总指挥",
    "副总指挥",
];

/// The posts given in one sentence.
pub(super) fn duties(page: &Page, sentence: Span) -> Vec<Duty> {
    if let Some(duty) = titled(page, sentence) {
        return alloc::vec![duty];
    }
    let mut out: Vec<Duty> = Vec::new();
    for clause in clauses(page, sentence) {
        let found =
            seat(page, clause).or_else(|| held_by(page, clause)).or_else(|| post_by(page, clause));
        if let Some(duty) = found {
            out.push(duty);
        } else if let Some(last) = out.last_mut()
            && scan::at(page.part(clause), 0, "具体负责")
        {
            last.span.end = clause.end;
        }
    }
    out
}

/// Clauses end at ，； and also at the 、 after a post (「甲任组长、乙任副组长」).
fn clauses(page: &Page, sentence: Span) -> Vec<Span> {
    let mut out = Vec::new();
    for clause in page.split(sentence, "，；;,") {
        let x = page.part(clause);
        let mut start = clause.start;
        for i in 0..x.len() {
            if x[i] == '、' && scan::ending(&x[..i], POSTS).is_some() && scan::has(&x[..i], "任")
            {
                out.push(Span::new(start, clause.start + i));
                start = clause.start + i + 1;
            }
        }
        out.push(Span::new(start, clause.end));
    }
    out
}

fn named(page: &Page, span: Span) -> Named {
    Named { text: page.say(span), span }
}

/// 「组长：张某」 on a line of its own, also with the blanks that justify it (「组　长：」).
fn titled(page: &Page, sentence: Span) -> Option<Duty> {
    let x = page.part(sentence);
    let colon = x.iter().take(12).position(|&c| c == '：' || c == ':')?;
    let title: String = x[..colon].iter().filter(|c| !scan::blank(**c)).collect();
    let post = POSTS.iter().find(|post| **post == title)?;
    let who = page.trim(Span::new(sentence.start + colon + 1, sentence.end), "");
    let role = Named {
        text: (*post).to_string(),
        span: Span::new(sentence.start, sentence.start + colon),
    };
    (!who.is_empty()).then(|| Duty { span: sentence, role, who: named(page, who), rule: "titled" })
}

/// 「领导小组办公室设在……」
fn seat(page: &Page, clause: Span) -> Option<Duty> {
    let x = page.part(clause);
    let place = scan::find(x, 0, "办公室设在").or_else(|| scan::find(x, 0, "办公室设于"))?;
    let start = (place + 5).min(x.len());
    let stop = (start..x.len().min(start + 21)).find(|&i| "（(".contains(x[i]));
    let who = Span::new(clause.start + start, clause.start + stop.unwrap_or(x.len()));
    let role = Span::new(clause.start + place, clause.start + place + 3);
    let begin = if place <= 14 { clause.start } else { role.start };
    (who.len() >= 2 && who.len() <= 20).then(|| Duty {
        span: Span::new(begin, clause.end),
        role: named(page, role),
        who: named(page, who),
        rule: "seat-of-office",
    })
}

/// 「由甲任组长」, 「乙为副组长」, 「丙兼任办公室主任」
fn held_by(page: &Page, clause: Span) -> Option<Duty> {
    let x = page.part(clause);
    let post = scan::ending(x, POSTS)?;
    let mut verb = x.len() - scan::len(post);
    // 「任领导小组组长」 names the body between verb and post.
    let bodies = ["工作领导小组", "领导小组", "工作专班", "专班", "小组", "联席会议"];
    if let Some(body) = scan::ending(&x[..verb], &bodies) {
        verb -= scan::len(body);
    }
    let word = scan::ending(&x[..verb], &["兼任", "担任", "出任", "任", "为", "是"])?;
    let end = verb - scan::len(word);
    let start = x[..end].iter().rposition(|&c| c == '由').map_or(0, |i| i + 1);
    let who = page.trim(Span::new(clause.start + start, clause.start + end), "");
    let role = Span::new(clause.end - scan::len(post), clause.end);
    let begin = if start > 0 { clause.start + start - 1 } else { clause.start };
    (who.len() >= 2 && who.len() <= 60).then(|| Duty {
        span: Span::new(begin, clause.end),
        role: named(page, role),
        who: named(page, who),
        rule: "holds-post",
    })
}

/// 「组长由甲担任」, 「办公室主任由乙同志兼任」
fn post_by(page: &Page, clause: Span) -> Option<Duty> {
    let x = page.part(clause);
    let by = (1..x.len()).find(|&i| x[i] == '由' && scan::ending(&x[..i], POSTS).is_some())?;
    let post = scan::ending(&x[..by], POSTS)?;
    let word = scan::ending(x, &["担任", "兼任", "负责", "出任"])?;
    let who = page.trim(
        Span::new(clause.start + by + 1, clause.start + (x.len() - scan::len(word)).max(by + 1)),
        "",
    );
    let role = Span::new(clause.start + by - scan::len(post), clause.start + by);
    (who.len() >= 2 && who.len() <= 60).then(|| Duty {
        span: clause,
        role: named(page, role),
        who: named(page, who),
        rule: "post-by",
    })
}
