//! What a page offers and what `decide` accepts are one and the same.

use crate::moves;
use crate::random::Play;
use crate::world::World;
use rules::calendar::Day;
use rules::ids::{CampaignId, EvidenceId, MatterId, PostId, SlipId};
use rules::matter::{self, Command as Deal};
use rules::moves::{Detail, Move};
use rules::record::{By, Command, Moment, Now, decide};
use rules::text::Words;
use rules::{campaign, slip};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody who may act: the holders from their posts, and the deputies for others.
fn actors(world: &World, today: Day) -> Vec<By> {
    let office = world.register.office();
    let posts: Vec<_> = office.posts().collect();
    let own = posts.iter().filter_map(|(id, post)| Some(By::person_at(post.holder(today)?, *id)));
    let deputies = posts.iter().filter_map(|(id, post)| {
        post.deputies.last().map(|deputy| {
            let held = posts.iter().find(|(_, own)| own.holder(today) == Some(deputy.person));
            By { account: deputy.person, post: held.map(|(own, _)| *own), acting_for: Some(*id) }
        })
    });
    own.chain(deputies).collect()
}

fn accepts(world: &World, id: MatterId, command: &Deal, now: &Now) -> bool {
    let command = Command::Matter(Some(id), command.clone());
    decide(&world.register, &command, now).is_ok()
}

fn at(by: By, today: Day) -> Now {
    Now { by, today, at: Moment::at_hour(today, 9) }
}

/// Every accepted command has its button; every button leads to a command that is accepted.
fn agree(world: &World, today: Day, seen: &mut BTreeMap<&'static str, usize>) {
    let known = moves::all(world, today);
    for (id, matter) in world.register.matters() {
        for by in actors(world, today) {
            let now = at(by, today);
            let offered = rules::moves::moves(&world.register, id, &now);
            let codes: BTreeSet<_> = offered.iter().map(|one| one.code).collect();
            assert_eq!(codes.len(), offered.len(), "{offered:?}");
            for (_, command) in &known {
                if accepts(world, id, command, &now) {
                    let code = command.code();
                    assert!(codes.contains(code), "{code} by {by:?} at {:?}", matter.stage);
                }
            }
            for one in &offered {
                *seen.entry(one.code).or_default() += 1;
                sound(world, id, one, &now);
            }
            for code in ["command-transfer", "command-decline", "command-hand-back"] {
                let posts = rules::moves::posts_for(&world.register, id, code, &now);
                assert_eq!(posts, brute(world, id, code, &now), "{code}");
                assert_eq!(posts.is_empty(), !codes.contains(code), "{code}");
            }
        }
    }
}

fn to_post(code: &str, to: PostId) -> Deal {
    let words = || Words::new("写明");
    match code {
        "command-transfer" => Deal::Transfer { to, reason: words() },
        "command-decline" => Deal::Decline { proposed: to, rule: words() },
        _ => Deal::HandBack { to, reason: words() },
    }
}

fn brute(world: &World, id: MatterId, code: &str, now: &Now) -> Vec<PostId> {
    let posts = world.register.office().posts().map(|(post, _)| post);
    let mut fits: Vec<_> =
        posts.filter(|post| accepts(world, id, &to_post(code, *post), now)).collect();
    if code == "command-hand-back" {
        // In the order in which they owned it.
        let former = &world.register.matter(id).expect("a matter").former_owners;
        fits.sort_by_key(|post| former.iter().position(|owner| owner == post));
    }
    fits
}

/// What the form is told is accepted, and nothing beyond it.
fn sound(world: &World, id: MatterId, one: &Move, now: &Now) {
    let words = || Words::new("写明");
    let fits = |command: Deal| accepts(world, id, &command, now);
    assert!(!["command-day-began", "command-recount", "command-list"].contains(&one.code));
    match &one.detail {
        Detail::Until(latest) => {
            assert!(fits(Deal::Extend { until: *latest, reason: words() }));
            assert!(!fits(Deal::Extend { until: latest.plus(1), reason: words() }));
        }
        Detail::Steps(steps) => {
            for to in matter::Step::ALL {
                for straight in [false, true] {
                    let back = Deal::SendBack { to, straight, reason: words() };
                    assert_eq!(fits(back), steps.contains(&(to, straight)));
                }
            }
        }
        Detail::Reasons(reasons) => {
            for reason in rules::policy::PauseReason::ALL {
                let check_on = now.today.plus(9);
                let suspend = Deal::Suspend { reason, check_on, note: words() };
                assert_eq!(fits(suspend), reasons.contains(&reason));
            }
        }
        Detail::Mechanism { must } => assert_eq!(fits(moves::report(false)), !must),
        Detail::Recusal { himself, .. } => {
            let person = now.by.account;
            assert_eq!(fits(Deal::Recuse { person, reason: words() }), *himself);
        }
        Detail::Posts(posts) => {
            for to in posts {
                assert!(fits(Deal::HandBack { to: *to, reason: words() }));
            }
        }
        Detail::Plain | Detail::Designate { .. } => {
            // Some command of this kind is accepted; the longer list knows of more arguments.
            let any = moves::all(world, now.today).into_iter().any(|(_, c)| c.code() == one.code);
            assert!(any, "{}", one.code);
        }
    }
}

#[test]
fn buttons_are_what_the_rules_accept() {
    let mut seen = BTreeMap::new();
    for sequence in 0..90 {
        let mut play = Play::founded(sequence);
        play.list_any();
        for step in 0..50 {
            if step % 25 == 1 {
                play.list_any();
            }
            play.step();
            play.advance();
            play.advance();
            if step % 7 == 6 {
                agree(&play.world, play.today, &mut seen);
                // Without a day pass in between: look-backs have come, limits have passed.
                agree(&play.world, play.today.plus(45), &mut seen);
            }
        }
    }
    // 25 kinds: all but listing and the two of the day pass.
    assert_eq!(seen.len(), 25, "{seen:?}");
}

#[test]
fn a_look_back_says_from_which_day() {
    let mut waiting = 0;
    for sequence in 0..120 {
        let mut play = Play::founded(sequence);
        play.list_any();
        for _ in 0..40 {
            play.advance();
            play.step();
            play.advance();
        }
        for (id, _) in play.world.register.matters() {
            for by in actors(&play.world, play.today) {
                let register = &play.world.register;
                let later = rules::moves::later(register, id, &at(by, play.today));
                let Some((code, from)) = later else { continue };
                waiting += 1;
                let offers = |day| {
                    let moves = rules::moves::moves(register, id, &at(by, day));
                    moves.iter().any(|one| one.code == code)
                };
                let appointed = register.office().actor(by, from).is_ok();
                assert!(play.today < from && !offers(from.plus(-1)));
                assert_eq!(offers(from), appointed);
            }
        }
    }
    assert!(waiting > 10, "{waiting}");
}

#[test]
fn slips_offer_what_the_rules_accept() {
    let words = || Words::new("写明");
    let all = [
        slip::Command::Sign { reason: words() },
        slip::Command::Drop { reason: words() },
        slip::Command::Object { reason: words() },
        slip::Command::Decide { upheld: false, reason: words() },
    ];
    let mut seen = BTreeMap::new();
    for sequence in 0..120 {
        let mut play = Play::founded(sequence);
        for _ in 0..40 {
            play.list_any();
            play.step();
            let slips = play.world.register.slips().count() as u64;
            if slips == 0 {
                continue;
            }
            let id = SlipId(1 + u32::try_from(play.chance.below(slips)).expect("small"));
            for by in actors(&play.world, play.today) {
                let now = at(by, play.today);
                let offered = rules::moves::slip_moves(&play.world.register, id, &now);
                for command in &all {
                    let asked = Command::Slip(Some(id), command.clone());
                    let accepted = decide(&play.world.register, &asked, &now).is_ok();
                    assert_eq!(accepted, offered.contains(&command.code()), "{command:?} {by:?}");
                }
                for code in offered {
                    *seen.entry(code).or_insert(0) += 1;
                }
            }
            let right = *play.chance.of(&["督查科长", "副局长", "养老科长", "窗口科长"]);
            let by = play.somebody(right);
            let command = play.chance.of(&all).clone();
            play.submit(by, &Command::Slip(Some(id), command));
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn beginnings_follow_the_rights() {
    let mut play = Play::founded(1);
    let today = play.today;
    let now = |play: &Play, post: &str| at(play.world.by(post, today), today);
    let open =
        |play: &Play, post: &str| rules::moves::opening(&play.world.register, &now(play, post));
    assert!(open(&play, "督查科长") && open(&play, "养老经办") && open(&play, "受理员"));
    assert!(!open(&play, "系统管理岗") && !open(&play, "审计管理岗"));
    let sealed = |play: &Play, post: &str| {
        let source = matter::Source::Accusation;
        rules::moves::opening_from(&play.world.register, source, &now(play, post))
    };
    assert!(sealed(&play, "受理员") && sealed(&play, "纪检组长") && !sealed(&play, "督查科长"));
    let adopting =
        |play: &Play, post: &str| rules::moves::adopting(&play.world.register, &now(play, post));
    assert!(adopting(&play, "局长") && adopting(&play, "督查员") && !adopting(&play, "养老科长"));
    adopt(&mut play);
    let campaign = |play: &Play, post: &str| {
        rules::moves::campaign_moves(&play.world.register, CampaignId(1), &now(play, post))
    };
    let scope = ["command-change-scope", "command-close-campaign"];
    assert_eq!(campaign(&play, "督查科长"), ["command-open-self-check", scope[0], scope[1]]);
    assert!(campaign(&play, "养老科长").is_empty());
    let due = today.plus(9);
    let by = play.world.by("督查科长", today);
    let round = campaign::Command::OpenSelfCheck { due };
    play.submit(by, &Command::Campaign(Some(CampaignId(1)), round));
    let answers = ["command-report", "command-report-none"];
    let close = "command-close-self-check";
    let all = [close, scope[0], scope[1], answers[0], answers[1]];
    assert_eq!(campaign(&play, "督查科长"), all);
    assert_eq!(campaign(&play, "养老科长"), answers);
    assert!(campaign(&play, "审计管理岗").is_empty());
}

/// An accusation takes only an accusation, and nobody else learns that there is one.
#[test]
fn a_sealed_matter_merges_with_its_like() {
    let mut play = Play::founded(1);
    let today = play.today;
    let by = play.world.by("受理员", today);
    let merges = |play: &Play, id: u32| {
        let offered = rules::moves::moves(&play.world.register, MatterId(id), &at(by, today));
        offered.iter().any(|one| one.code == "command-merge")
    };
    for id in 2..=3 {
        let (_, mut list) = moves::list(&play.world);
        if let Deal::List { source, .. } = &mut list {
            *source = matter::Source::Accusation;
        }
        assert!(!play.submit(by, &Command::Matter(None, list)).is_empty());
        assert_eq!(merges(&play, 2), id == 3, "with {id} matters");
    }
    let other = at(play.world.by("督查科长", today), today);
    assert!(rules::moves::moves(&play.world.register, MatterId(2), &other).is_empty());
    assert!(!rules::moves::moves(&play.world.register, MatterId(1), &other).is_empty());
}

/// A campaign for lists to filter by.
pub(crate) fn adopt(play: &mut Play) {
    let draft = campaign::Draft {
        title: Words::new("作风整治"),
        authority: campaign::Authority::Internal,
        plan: matter::Proof::Kept { id: EvidenceId([1; 32]), plain: Words::erased() },
        from: play.today,
        until: None,
        objects: vec![],
        problems: vec![],
        tasks: vec![],
        stages: vec![],
        seats: vec![],
        overlap_reason: None,
    };
    let by = play.world.by("督查科长", play.today);
    let adopt = campaign::Command::Adopt { draft };
    assert!(!play.submit(by, &Command::Campaign(None, adopt)).is_empty());
}
