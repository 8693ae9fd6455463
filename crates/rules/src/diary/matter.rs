//! Commands about matters, as diaries write them.

use super::words::Tokens;
use super::{Misread, Names, day, number, one_of, rest};
use crate::access::Marking;
use crate::calendar::Day;
use crate::ids::{CampaignId, EvidenceId, MatterId};
use crate::matter::{Command, Haves, Milestone, Proof, Remedy, Source, Step};
use crate::policy::PauseReason;
use crate::record;
use crate::signal::ProblemCode;
use crate::text::Words;
use alloc::string::ToString;
use alloc::vec::Vec;

/// Reads a command about a matter; none when `word` is not one.
pub(super) fn read(
    word: &str,
    tokens: &mut Tokens<'_>,
    names: Names<'_>,
) -> Result<Option<record::Command>, Misread> {
    if word == "查摆" {
        return Ok(Some(record::Command::Matter(None, list(tokens, names)?)));
    }
    let known = [
        "核实",
        "查否",
        "交办",
        "签收",
        "异议退回",
        "定措施",
        "进展",
        "检查点",
        "报结",
        "派核查",
        "核查",
        "退回",
        "直送",
        "销号",
        "回头看",
        "重开",
        "挂起",
        "恢复",
        "延期",
        "转办",
        "交回",
        "并案",
        "移送",
        "撤销",
        "回避",
    ];
    if !known.contains(&word) {
        return Ok(None);
    }
    let id = MatterId(number(tokens, "事项编号")?);
    let command = match word {
        "核实" => Command::Confirm { note: tokens.text() },
        "查否" => Command::Refute { reason: tokens.text() },
        "交办" => assign(tokens, names)?,
        "签收" => Command::Accept,
        "进展" => Command::Progress { percent: number(tokens, "进度")?, note: tokens.text() },
        "检查点" => Command::KeepCheckpoint { proof: proof(tokens.next("佐证")?)? },
        "报结" => report_done(tokens)?,
        "派核查" => Command::NameCheckers { checkers: rest(tokens, |name| names.post(name))? },
        "核查" => check(tokens)?,
        "销号" => Command::Close { note: tokens.text() },
        "回头看" => Command::LookBack {
            holds: one_of(tokens, "结论", |word| match word {
                "巩固" => Some(true),
                "反弹" => Some(false),
                _ => None,
            })?,
            note: tokens.text(),
        },
        "重开" => Command::Reopen { reason: tokens.text() },
        _ => beside(word, tokens, names)?,
    };
    Ok(Some(record::Command::Matter(Some(id), command)))
}

/// Returns, measures, and what happens beside the loop.
fn beside(word: &str, tokens: &mut Tokens<'_>, names: Names<'_>) -> Result<Command, Misread> {
    Ok(match word {
        "异议退回" => {
            Command::Decline { proposed: names.post(tokens.next("岗位")?)?, rule: tokens.text() }
        }
        "定措施" => Command::SetMeasure {
            cause: tokens.named_words("原因"),
            measure: tokens.named_words("措施"),
            standard: tokens.named_words("标准"),
            milestones: milestones(tokens)?,
        },
        "退回" => Command::SendBack {
            straight: tokens.flag("直送"),
            to: one_of(tokens, "退到的环节", step)?,
            reason: tokens.text(),
        },
        "直送" => {
            Command::Resubmit { proof: proof(tokens.next("佐证")?)?, note: tokens.text() }
        }
        "挂起" => Command::Suspend {
            reason: one_of(tokens, "挂起原因", PauseReason::from_word)?,
            check_on: day(tokens, "下次检查日")?,
            note: tokens.text(),
        },
        "恢复" => Command::Resume,
        "延期" => Command::Extend { until: day(tokens, "新期限")?, reason: tokens.text() },
        "转办" => {
            Command::Transfer { to: names.post(tokens.next("岗位")?)?, reason: tokens.text() }
        }
        "交回" => {
            Command::HandBack { to: names.post(tokens.next("岗位")?)?, reason: tokens.text() }
        }
        "并案" => {
            let into = MatterId(number(tokens, "并入的事项编号")?);
            Command::Merge { into, reason: tokens.text() }
        }
        "移送" => Command::Refer { body: tokens.text(), reason: tokens.text() },
        "撤销" => Command::Cancel { reason: tokens.text() },
        // "回避" is all that is left of the list above.
        _ => {
            Command::Recuse { person: names.person(tokens.next("人员")?)?, reason: tokens.text() }
        }
    })
}

fn list(tokens: &mut Tokens<'_>, names: Names<'_>) -> Result<Command, Misread> {
    let campaign = match tokens.named("专项") {
        Some(found) => Some(CampaignId(
            found
                .parse()
                .map_err(|_| Misread::Strange { what: "专项编号", found: found.to_string() })?,
        )),
        None => None,
    };
    let marking = if tokens.flag("工作秘密") { Marking::WorkSecret } else { Marking::Internal };
    Ok(Command::List {
        campaign,
        problem: one_of(tokens, "问题编码", ProblemCode::parse)?,
        unit: names.unit(tokens.next("单位")?)?,
        source: one_of(tokens, "问题来源", Source::from_word)?,
        marking,
        title: tokens.text(),
        detail: tokens.text(),
    })
}

fn assign(tokens: &mut Tokens<'_>, names: Names<'_>) -> Result<Command, Misread> {
    let designate = tokens.flag("指定");
    let until = match tokens.named("限期整改") {
        Some(found) => Some(a_day(found)?),
        None => None,
    };
    let to = names.post(tokens.next("岗位")?)?;
    let remedy = match until {
        Some(_) => Remedy::Within,
        None => one_of(tokens, "整改类型", |word| {
            [Remedy::AtOnce, Remedy::Within, Remedy::Standing]
                .into_iter()
                .find(|remedy| remedy.word() == word)
        })?,
    };
    let haves = Haves {
        rule: tokens.named_words("制度"),
        procedure: tokens.named_words("程序"),
        standard: tokens.named_words("标准"),
        checking: names.post(tokens.named("检查").ok_or(Misread::Missing("检查"))?)?,
        evidence: tokens.named_words("落实"),
    };
    Ok(Command::Assign { to, remedy, until, haves, designate })
}

fn report_done(tokens: &mut Tokens<'_>) -> Result<Command, Misread> {
    let mechanism = match tokens.named("机制") {
        Some(found) => Some(proof(found)?),
        None => None,
    };
    let note = tokens.named_words("说明");
    let first = proof(tokens.next("佐证")?)?;
    Ok(Command::ReportDone { proof: first, more: rest(tokens, proof)?, mechanism, note })
}

fn check(tokens: &mut Tokens<'_>) -> Result<Command, Misread> {
    let straight = tokens.flag("直送");
    let back_to = match tokens.named("退到") {
        Some(found) => step(found)
            .ok_or_else(|| Misread::Strange {
                what: "退到的环节", found: found.to_string()
            })?,
        None => Step::Rectify,
    };
    let holds = one_of(tokens, "核查结论", |word| match word {
        "通过" => Some(true),
        "不通过" => Some(false),
        _ => None,
    })?;
    Ok(Command::Check { holds, findings: tokens.text(), back_to, straight })
}

fn step(word: &str) -> Option<Step> {
    match word {
        "签收" => Some(Step::Sign),
        "措施" => Some(Step::Plan),
        "整改" => Some(Step::Rectify),
        _ => None,
    }
}

/// `系统#编号` is a record in a business system; `附件:…` a kept file by its address.
fn proof(text: &str) -> Result<Proof, Misread> {
    let strange = || Misread::Strange { what: "佐证", found: text.to_string() };
    if let Some(address) = text.strip_prefix("附件:") {
        let id = EvidenceId::parse(address).ok_or_else(strange)?;
        return Ok(Proof::Kept { id, plain: Words::erased() });
    }
    let (system, reference) = text.split_once('#').ok_or_else(strange)?;
    Ok(Proof::Record { system: Words::new(system), reference: Words::new(reference) })
}

/// `节点=2026-10-15:50,2026-10-31:100`
fn milestones(tokens: &mut Tokens<'_>) -> Result<Vec<Milestone>, Misread> {
    let Some(list) = tokens.named("节点") else { return Ok(Vec::new()) };
    list.split(',')
        .map(|part| {
            let strange = || Misread::Strange { what: "节点", found: part.to_string() };
            let (day, percent) = part.split_once(':').ok_or_else(strange)?;
            let percent = percent.parse().map_err(|_| strange())?;
            Ok(Milestone { day: a_day(day)?, percent })
        })
        .collect()
}

fn a_day(text: &str) -> Result<Day, Misread> {
    Day::parse(text).map_err(|_| Misread::Strange { what: "日期", found: text.to_string() })
}
