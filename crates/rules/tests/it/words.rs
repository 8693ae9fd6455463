//! Whatever the rules can answer, both catalogues can say, with all that fills the sentence.

use rules::access::{Action, Marking};
use rules::calendar::Day;
use rules::campaign::Authority;
use rules::diary::Misread;
use rules::ids::{
    CampaignId, ErasureId, EvidenceId, FeedbackId, MatterId, PersonId, PostId, SlipId, UnitId,
};
use rules::light::Light;
use rules::matter::{Remedy, Source, Stage, Step, Which};
use rules::policy::PauseReason;
use rules::role::{Rank, Role};
use rules::slip::Grade;
use rules::text::Words;
use rules::{BrokenHistory, Refusal};
use std::collections::BTreeSet;
use words::Lang;

/// The text of every source file in which a code is written down.
const SOURCES: [&str; 18] = [
    include_str!("../../src/access.rs"),
    include_str!("../../src/basis.rs"),
    include_str!("../../src/campaign/decide.rs"),
    include_str!("../../src/campaign/mod.rs"),
    include_str!("../../src/diary/mod.rs"),
    include_str!("../../src/light.rs"),
    include_str!("../../src/matter/command.rs"),
    include_str!("../../src/matter/decide/check.rs"),
    include_str!("../../src/matter/decide/find.rs"),
    include_str!("../../src/matter/decide/hand_out.rs"),
    include_str!("../../src/matter/decide/rectify.rs"),
    include_str!("../../src/matter/decide/side.rs"),
    include_str!("../../src/refusal.rs"),
    include_str!("../../src/slip/decide.rs"),
    include_str!("../../src/slip/mod.rs"),
    include_str!("../../src/feedback.rs"),
    include_str!("../../src/register.rs"),
    include_str!("../../src/erasure.rs"),
];

/// What a code of the rules begins with.
const PREFIXES: [&str; 14] = [
    "refusal-",
    "stage-",
    "slip-",
    "command-",
    "action-",
    "field-",
    "have-",
    "light-",
    "diary-",
    "grade-",
    "feedback-",
    "erasure-",
    "subject-",
    "ground-",
];

fn said(code: &str, args: &[(&'static str, String)]) {
    for lang in Lang::ALL {
        let sentence = words::say(lang, code, args);
        let whole = !sentence.contains('⟦') && !sentence.contains("{$");
        assert!(whole, "{} {code}: {sentence}", lang.tag());
        for (name, value) in args {
            let shown =
                if name.starts_with('@') { words::say(lang, value, &[]) } else { value.clone() };
            let tag = lang.tag();
            assert!(sentence.contains(&shown), "{tag} {code} leaves out {name}: {sentence}");
        }
    }
}

fn codes_in(text: &str, prefix: &str) -> BTreeSet<String> {
    let quoted = text.split('"').skip(1).step_by(2);
    quoted
        .filter(|code| {
            code.starts_with(prefix)
                && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        })
        .map(str::to_owned)
        .collect()
}

fn refusals() -> Vec<Refusal> {
    let (post, person, unit) = (PostId(31), PersonId(32), UnitId(33));
    let day = Day::parse("2026-09-18").expect("a day");
    let later = Day::parse("2026-09-25").expect("a day");
    let mut all = vec![
        Refusal::WrongStage { command: "command-accept", stage: "stage-closed" },
        Refusal::NotYours { owner: post },
        Refusal::NotYourRole { action: Action::Steer },
        Refusal::NotForYou,
        Refusal::Recused { person },
        Refusal::NoPost,
        Refusal::NotTheHolder { post },
        Refusal::NotADeputy { post },
        Refusal::SystemOnly,
        Refusal::NoPolicy,
        Refusal::NoSuchPost(post),
        Refusal::NoSuchUnit(unit),
        Refusal::NoSuchPerson(person),
        Refusal::NoSuchMatter(MatterId(34)),
        Refusal::NoSuchCampaign(CampaignId(35)),
        Refusal::NoSuchSlip(SlipId(36)),
        Refusal::NoSuchProblem,
        Refusal::Vacant { post },
        Refusal::BadPeriod { from: later, until: day },
        Refusal::AppointedAlready { post, since: day },
        Refusal::NothingToHandOver { post },
        Refusal::AdminsStayApart { person },
        Refusal::Contradiction,
        Refusal::Blank { field: "field-reason" },
        Refusal::TooMany { field: "field-evidence", most: 20 },
        Refusal::HaveMissing { have: "have-rule" },
        Refusal::CheckerIsDoer { post },
        Refusal::CheckerOfOwnersUnit { post },
        Refusal::MayNotReceive { post },
        Refusal::NotNamedAsChecker { post },
        Refusal::CheckedAlready { person },
        Refusal::TooFewCheckers { need: 2 },
        Refusal::ApproverBelowAssigner,
        Refusal::ApproverIsDoer { post },
        Refusal::DecidedDesignation,
        Refusal::DesignatedNoReturn,
        Refusal::DeclineTooLate { due: day },
        Refusal::OwnPostProposed { post },
        Refusal::MechanismMissing,
        Refusal::NoEvidence,
        Refusal::TooEarly { from: day },
        Refusal::DayNotAhead { day },
        Refusal::NoMoreExtensions { most: 2 },
        Refusal::ExtensionTooFar { latest: day },
        Refusal::MayNotPause,
        Refusal::NotAFormerOwner { post },
        Refusal::SameOwner { post },
        Refusal::SameMatter,
        Refusal::SealedDoesNotMix,
    ];
    all.extend(other_refusals());
    all
}

fn other_refusals() -> Vec<Refusal> {
    let unit = UnitId(33);
    let day = Day::parse("2026-09-18").expect("a day");
    vec![
        Refusal::NothingToResubmit,
        Refusal::LaterStep,
        Refusal::PercentOutOfRange,
        Refusal::DesignationMissing,
        Refusal::GovernmentSupervisionWord,
        Refusal::Overlap { campaign: CampaignId(35) },
        Refusal::UnitOutOfScope { unit },
        Refusal::ReportedAlready { unit },
        Refusal::OpenMatters { count: 7 },
        Refusal::NothingNew,
        Refusal::NotLater { number: 8 },
        Refusal::SignerDecides,
        Refusal::ObjectionTooLate { due: day },
        Refusal::OverCap { most: 3 },
        Refusal::NothingToDo,
        Refusal::NoSuchFeedback(FeedbackId(36)),
        Refusal::NoSuchErasure(ErasureId(37)),
        Refusal::NoSuchFile(EvidenceId([7; 32])),
        Refusal::ErasureAsked { erasure: ErasureId(37) },
        Refusal::LegalHold,
        Refusal::RetentionRuns { day },
        Refusal::NoRetention,
        Refusal::AskerDecides,
        Refusal::MatterErased(MatterId(34)),
    ]
}

#[test]
fn every_refusal_is_a_sentence() {
    let samples = refusals();
    let spoken: BTreeSet<String> = samples.iter().map(|r| r.code().to_owned()).collect();
    assert_eq!(spoken, codes_in(SOURCES[12], "refusal-"), "a sample of every refusal");
    for refusal in &samples {
        said(refusal.code(), &refusal.args());
    }
    let broken = BrokenHistory::at("stage-closed", "accepted");
    said(broken.code(), &broken.args());
}

#[test]
fn every_misreading_is_a_sentence() {
    let found = || "某岗位".to_owned();
    let samples = [
        Misread::NoDay,
        Misread::Unclosed,
        Misread::NoSuchName(found()),
        Misread::NoSuchCommand(found()),
        Misread::Missing("岗位"),
        Misread::Strange { what: "日期", found: found() },
        Misread::TooMuch(found()),
        Misread::Vacant(found()),
    ];
    let spoken: BTreeSet<String> = samples.iter().map(|m| m.code().to_owned()).collect();
    assert_eq!(spoken, codes_in(SOURCES[4], "diary-"), "a sample of every misreading");
    for misread in &samples {
        said(misread.code(), &misread.args());
    }
}

#[test]
fn every_name_of_the_rules_is_a_word() {
    let day = Day::parse("2026-09-18").expect("a day");
    let designated = Authority::Designated {
        document: Words::new("文件"),
        scope: Words::new("范围"),
        from: day,
        until: day,
    };
    let authorities = [Authority::Internal, Authority::Trade, Authority::Fund, designated];
    let names = Stage::CODES
        .into_iter()
        .chain(Action::ALL.map(Action::code))
        .chain(Marking::ALL.map(Marking::code))
        .chain(Light::ALL.map(Light::code))
        .chain(Grade::ALL.map(Grade::code))
        .chain(Source::ALL.map(Source::code))
        .chain(Remedy::ALL.map(Remedy::code))
        .chain(Step::ALL.map(Step::code))
        .chain(Which::ALL.map(Which::code))
        .chain(PauseReason::ALL.map(PauseReason::code))
        .chain(authorities.iter().map(Authority::code));
    for code in names {
        said(code, &[]);
    }
    for machine in ["office", "basis", "campaign", "matter", "slip", "erasure", "any"] {
        said(&format!("stream-{machine}"), &[]);
    }
}

/// The office's own word of a diary and the reader's word of a page are the same.
#[test]
fn diaries_and_pages_use_the_same_words() {
    let say = |code: String| words::say(Lang::Zh, &code, &[]);
    let coded = |list: BTreeSet<String>| list.into_iter().map(say).collect::<BTreeSet<_>>();
    let remedies = Remedy::ALL.map(|remedy| (say(remedy.code().into()), remedy.word().to_owned()));
    assert!(remedies.iter().all(|(page, diary)| page == diary), "{remedies:?}");
    let people = include_str!("../../../words/zh-CN/people.ftl");
    for word in Role::ALL.map(Role::word).into_iter().chain(Rank::ALL.map(Rank::word)) {
        assert!(people.contains(word), "{word}");
    }
    assert!(coded(codes_in(SOURCES[5], "light-")).len() == Light::ALL.len());
}

#[test]
fn every_code_in_the_source_has_words_and_every_word_is_used() {
    for prefix in PREFIXES {
        let written: BTreeSet<String> =
            SOURCES.iter().flat_map(|text| codes_in(text, prefix)).collect();
        assert!(!written.is_empty(), "{prefix}");
        for code in &written {
            assert!(Lang::ALL.iter().all(|lang| words::knows(*lang, code)), "no words for {code}");
        }
    }
    let used: BTreeSet<String> = SOURCES.iter().flat_map(|text| codes_in(text, "")).collect();
    // Stages stand in their own file; here only those that a machine names are looked for.
    for code in words::codes(Lang::Zh) {
        let dead = ["refusal-", "field-", "diary-"].iter().any(|p| code.starts_with(p))
            && !used.contains(code);
        assert!(!dead, "{code} is never said");
    }
}
