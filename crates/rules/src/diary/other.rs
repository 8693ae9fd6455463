//! Commands about the office, campaigns and slips, as diaries write them.

use super::words::Tokens;
use super::{Misread, Names, day, number, one_of, rest};
use crate::calendar::Day;
use crate::erasure::{Ground, Subject};
use crate::ids::{CampaignId, ErasureId, FeedbackId, MatterId, SlipId};
use crate::posts::Newcomer;
use crate::role::Role;
use crate::signal::ProblemCode;
use crate::text::Words;
use crate::{campaign, erasure, feedback, posts, record, slip};
use alloc::string::ToString;

/// Reads any other command; none when `word` is not one.
pub(super) fn read(
    word: &str,
    tokens: &mut Tokens<'_>,
    names: Names<'_>,
) -> Result<Option<record::Command>, Misread> {
    if let Some(command) = office(word, tokens, names)? {
        return Ok(Some(record::Command::Office(command)));
    }
    let known = ["开展自查", "自查报告", "自查无问题", "结束自查", "结束专项"];
    if known.contains(&word) {
        let id = CampaignId(number(tokens, "专项编号")?);
        return Ok(Some(record::Command::Campaign(Some(id), of_campaign(word, tokens, names)?)));
    }
    if ["签发", "不发", "提出异议", "裁定"].contains(&word) {
        let id = SlipId(number(tokens, "督办单编号")?);
        return Ok(Some(record::Command::Slip(Some(id), of_slip(word, tokens)?)));
    }
    if let Some((id, command)) = erasure(word, tokens, names)? {
        return Ok(Some(record::Command::Erasure(id, command)));
    }
    let feedback = record::Command::Feedback;
    Ok(match word {
        "提意见" => Some(feedback(None, feedback::Command::Give { words: tokens.text() })),
        "答复意见" => {
            let id = FeedbackId(number(tokens, "意见编号")?);
            Some(feedback(Some(id), feedback::Command::Answer { words: tokens.text() }))
        }
        _ => None,
    })
}

fn erasure(
    word: &str,
    tokens: &mut Tokens<'_>,
    names: Names<'_>,
) -> Result<Option<(Option<ErasureId>, erasure::Command)>, Misread> {
    if word == "申请删除" {
        let subject = subject(tokens.next("删除对象")?, names)?;
        let ground = one_of(tokens, "删除事由", Ground::from_word)?;
        let reason = tokens.text();
        return Ok(Some((None, erasure::Command::Ask { subject, ground, reason })));
    }
    if !["限制处理", "解除限制", "批准删除", "不予删除"].contains(&word) {
        return Ok(None);
    }
    let id = ErasureId(number(tokens, "删除申请编号")?);
    let command = match word {
        "限制处理" => erasure::Command::Restrict { reason: tokens.text() },
        "解除限制" => erasure::Command::Lift { reason: tokens.text() },
        "批准删除" => erasure::Command::Approve,
        _ => erasure::Command::Refuse { reason: tokens.text() },
    };
    Ok(Some((Some(id), command)))
}

/// `12` or `matter/12` is a matter; `person/7` or a name a person; `file/…` a kept file.
fn subject(found: &str, names: Names<'_>) -> Result<Subject, Misread> {
    let matter = found.parse().ok().map(|number| Subject::Matter(MatterId(number)));
    match matter.or_else(|| Subject::parse(found)) {
        Some(subject) => Ok(subject),
        None => names.person(found).map(Subject::Person),
    }
}

fn office(
    word: &str,
    tokens: &mut Tokens<'_>,
    names: Names<'_>,
) -> Result<Option<posts::Command>, Misread> {
    let optional_day = |tokens: &mut Tokens<'_>| match tokens.try_next() {
        Some(found) => Day::parse(found)
            .map_err(|_| Misread::Strange { what: "日期", found: found.to_string() }),
        None => Ok(names.day),
    };
    Ok(Some(match word {
        "任职" => posts::Command::Appoint {
            post: names.post(tokens.next("岗位")?)?,
            person: newcomer(tokens.next("人员")?, names),
            from: optional_day(tokens)?,
        },
        "离任" => posts::Command::Leave {
            post: names.post(tokens.next("岗位")?)?,
            on: optional_day(tokens)?,
        },
        "代理" => posts::Command::NameDeputy {
            post: names.post(tokens.next("岗位")?)?,
            person: names.person(tokens.next("人员")?)?,
            from: day(tokens, "起始日")?,
            until: day(tokens, "截止日")?,
        },
        "确认交接" => {
            posts::Command::ConfirmHandover { post: names.post(tokens.next("岗位")?)? }
        }
        "授权" => posts::Command::Grant {
            post: names.post(tokens.next("岗位")?)?,
            roles: rest(tokens, |found| {
                Role::from_word(found)
                    .ok_or_else(|| Misread::Strange { what: "角色", found: found.to_string() })
            })?,
        },
        _ => return Ok(None),
    }))
}

fn newcomer(name: &str, names: Names<'_>) -> Newcomer {
    names.person(name).map_or_else(|_| Newcomer::Named(Words::new(name)), Newcomer::Known)
}

fn of_campaign(
    word: &str,
    tokens: &mut Tokens<'_>,
    names: Names<'_>,
) -> Result<campaign::Command, Misread> {
    Ok(match word {
        "开展自查" => campaign::Command::OpenSelfCheck { due: day(tokens, "截止日")? },
        "自查报告" => {
            let unit = names.unit(tokens.next("单位")?)?;
            let codes = tokens.next("问题编码")?;
            let problems = codes.split(',').map(|code| {
                ProblemCode::parse(code)
                    .ok_or_else(|| Misread::Strange {
                        what: "问题编码", found: code.to_string()
                    })
            });
            let problems = problems.collect::<Result<_, _>>()?;
            campaign::Command::Report { unit, problems, note: tokens.text() }
        }
        "自查无问题" => campaign::Command::ReportNone {
            unit: names.unit(tokens.next("单位")?)?,
            reason: tokens.text(),
        },
        "结束自查" => campaign::Command::CloseSelfCheck,
        _ => campaign::Command::Close { note: tokens.text() },
    })
}

fn of_slip(word: &str, tokens: &mut Tokens<'_>) -> Result<slip::Command, Misread> {
    Ok(match word {
        "签发" => slip::Command::Sign { reason: tokens.text() },
        "不发" => slip::Command::Drop { reason: tokens.text() },
        "提出异议" => slip::Command::Object { reason: tokens.text() },
        _ => slip::Command::Decide {
            upheld: one_of(tokens, "裁定结论", |word| match word {
                "维持" => Some(true),
                "撤回" => Some(false),
                _ => None,
            })?,
            reason: tokens.text(),
        },
    })
}
