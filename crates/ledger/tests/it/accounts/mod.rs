//! Accounts: the life of a login, of a session, of a token, and what must not be learnt.

mod guessing;
mod kept;

use std::{path::Path, sync::Barrier, thread};

use ledger::{
    Chance,
    accounts::{Accounts, Cost, FILE, Limits, NotSignedIn},
};
use rules::{
    ids::{PersonId, PostId},
    record::Moment,
};

use crate::world::Dir;

const LI: PersonId = PersonId(7);
const WANG: PersonId = PersonId(8);
const POST: PostId = PostId(3);
const PASSWORD: &str = "kettle harbour violin";
const OTHER: &str = "seven lamps by the river";
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// 2026-09-18 01:02:03 UTC and some minutes.
fn at(minutes: i64) -> Moment {
    Moment(1_789_693_323_000 + minutes * MINUTE)
}

/// The real figures, but a hash that costs little.
fn limits() -> Limits {
    Limits { cost: Cost::new(64, 1, 1).unwrap(), ..Limits::default() }
}

fn open(dir: &Dir) -> Accounts {
    Accounts::open_with(dir.path(), Chance::System, limits()).unwrap()
}

/// With Li's account in it.
fn settled(dir: &Dir) -> Accounts {
    let accounts = open(dir);
    let link = accounts.invite(LI, at(0)).unwrap();
    accounts.redeem(&link, "lijing", PASSWORD, at(0)).unwrap();
    accounts
}

fn code<T>(answer: Result<T, NotSignedIn>) -> &'static str {
    answer.map_or_else(|not| not.code(), |_| "done")
}

fn is_open(accounts: &Accounts, cookie: &str, now: Moment) -> bool {
    accounts.session(cookie, now).unwrap().is_some()
}

/// Every byte of the database and its side files.
fn bytes(dir: &Path) -> Vec<u8> {
    let suffixes = ["", "-wal", "-shm"];
    let files = suffixes.map(|suffix| std::fs::read(dir.join(format!("{FILE}{suffix}"))));
    files.into_iter().flat_map(Result::unwrap_or_default).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_life_from_the_link_to_signing_out() {
    let dir = Dir::new();
    let accounts = open(&dir);
    assert!(!accounts.has_accounts());
    let link = accounts.invite(LI, at(0)).unwrap();
    assert_eq!(link.len(), 43);
    assert_eq!(accounts.invited(&link, at(1)).unwrap(), Some(LI));
    assert_eq!(accounts.redeem(&link, " ＬｉJing ", PASSWORD, at(1)).unwrap(), LI);
    assert!(accounts.has_accounts());
    assert_eq!(accounts.invited(&link, at(2)).unwrap(), None);
    assert_eq!(code(accounts.redeem(&link, "lijing", OTHER, at(2))), "accounts-link-spent");

    let cookie = accounts.sign_in("LIJING", PASSWORD, at(3)).unwrap();
    let session = accounts.session(&cookie, at(4)).unwrap().unwrap();
    assert_eq!((session.person, session.post, session.acting_for), (LI, None, None));
    let as_post = accounts.choose_post(&cookie, POST, Some(PostId(9)), at(5)).unwrap();
    assert!(!is_open(&accounts, &cookie, at(5)), "the old cookie is of no more use");
    let chosen = accounts.session(&as_post, at(5)).unwrap().unwrap();
    assert_eq!((chosen.person, chosen.post, chosen.acting_for), (LI, Some(POST), Some(PostId(9))));
    assert_ne!(chosen.csrf, session.csrf);
    assert!(chosen.is_csrf(&chosen.csrf.clone()) && !chosen.is_csrf(&session.csrf));
    assert!(!chosen.is_csrf(""));
    assert!(!format!("{chosen:?}").contains(&chosen.csrf));

    accounts.sign_out(&as_post).unwrap();
    assert!(!is_open(&accounts, &as_post, at(5)));
    let again = accounts.choose_post(&as_post, POST, None, at(5));
    assert_eq!(code(again), "accounts-session-over");
}

#[test]
fn a_link_is_good_for_72_hours_and_the_newest_only() {
    let dir = Dir::new();
    let accounts = open(&dir);
    let first = accounts.invite(LI, at(0)).unwrap();
    let other = accounts.invite(WANG, at(0)).unwrap();
    let second = accounts.invite(LI, at(1)).unwrap();
    assert_eq!(accounts.invited(&first, at(2)).unwrap(), None);
    assert_eq!(code(accounts.redeem(&first, "lijing", PASSWORD, at(2))), "accounts-link-spent");
    assert_eq!(accounts.invited(&other, at(2)).unwrap(), Some(WANG));
    let end = 1 + 72 * 60;
    assert_eq!(accounts.invited(&second, at(end - 1)).unwrap(), Some(LI));
    assert_eq!(accounts.invited(&second, at(end)).unwrap(), None);
    let late = accounts.redeem(&second, "lijing", PASSWORD, at(end));
    assert_eq!(code(late), "accounts-link-spent");
    for junk in ["", "x", "连接", &"a".repeat(43), &"é".repeat(43), &"a".repeat(100_000)] {
        assert_eq!(accounts.invited(junk, at(0)).unwrap(), None);
        assert_eq!(code(accounts.redeem(junk, "a", "b", at(0))), "accounts-link-spent");
    }
}

#[test]
fn what_is_not_taken_leaves_the_link_good() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let link = accounts.invite(WANG, at(1)).unwrap();
    for (login, password, expected) in [
        ("w", PASSWORD, "accounts-login-bad"),
        ("王芳", PASSWORD, "accounts-login-bad"),
        ("_wang", PASSWORD, "accounts-login-bad"),
        ("wang fang", PASSWORD, "accounts-login-bad"),
        ("wangfang", "elevenchars", "accounts-password-short"),
        ("wangfang", "一二三四五六七八九十甲", "accounts-password-short"),
        ("wangfang", &"kettle harbour ".repeat(9), "accounts-password-long"),
        ("wangfang", "xx-WangFang-xx", "accounts-password-has-login"),
        ("wangfang", "Password2026!", "accounts-password-common"),
    ] {
        let got = code(accounts.redeem(&link, login, password, at(2)));
        assert_eq!(got, expected, "{login} {password}");
    }
    let taken = accounts.redeem(&link, "lijing", OTHER, at(3));
    assert_eq!(code(taken), "accounts-login-not-free");
    assert_eq!(accounts.redeem(&link, "wangfang", OTHER, at(3)).unwrap(), WANG);
    assert!(accounts.sign_in("lijing", PASSWORD, at(3)).is_ok(), "Li keeps the login");
}

#[test]
fn a_new_link_sets_everything_anew() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let cookie = accounts.sign_in("lijing", PASSWORD, at(1)).unwrap();
    let link = accounts.invite(LI, at(2)).unwrap();
    assert!(is_open(&accounts, &cookie, at(2)), "a link alone ends nothing");
    accounts.redeem(&link, "li.jing", OTHER, at(3)).unwrap();
    assert!(!is_open(&accounts, &cookie, at(3)));
    assert_eq!(code(accounts.sign_in("lijing", PASSWORD, at(3))), "accounts-wrong");
    assert!(accounts.sign_in("li.jing", OTHER, at(3)).is_ok());
}

#[test]
fn a_session_ends_when_idle_and_in_any_case_after_twelve_hours() {
    let dir = Dir::new();
    let accounts = open(&dir);
    let idle = accounts.open_session(LI, Some(POST), at(0)).unwrap();
    let busy = accounts.open_session(LI, None, at(0)).unwrap();
    assert!(is_open(&accounts, &idle, at(29)));
    assert!(is_open(&accounts, &idle, at(58)), "29 minutes after the last request");
    assert!(!is_open(&accounts, &idle, at(88)));
    assert!(!is_open(&accounts, &idle, at(59)), "over is over");
    let mut busy = busy;
    for minute in (0..12 * 60).step_by(20) {
        assert!(is_open(&accounts, &busy, at(minute)), "{minute}");
        if minute == 600 {
            busy = accounts.choose_post(&busy, POST, None, at(minute)).unwrap();
        }
    }
    assert!(is_open(&accounts, &busy, at(12 * 60 - 1)), "alive to the last minute");
    assert!(!is_open(&accounts, &busy, at(12 * 60)), "a new cookie is no new session");
}

#[test]
fn sessions_and_tokens_survive_reopening() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let cookie = accounts.sign_in("lijing", PASSWORD, at(0)).unwrap();
    let cookie = accounts.choose_post(&cookie, POST, None, at(0)).unwrap();
    let over = accounts.open_session(LI, None, at(0)).unwrap();
    let token = accounts.issue_token(LI, POST, "月报", at(0), 30).unwrap();
    let before = accounts.session(&cookie, at(25)).unwrap();
    assert!(accounts.token(&token, at(25)).unwrap().is_some());
    drop(accounts);

    let accounts = open(&dir);
    assert!(accounts.has_accounts());
    assert_eq!(accounts.session(&cookie, at(50)).unwrap(), before, "the last request was noted");
    assert!(!is_open(&accounts, &over, at(50)));
    assert_eq!(accounts.tokens(LI).unwrap()[0].used, Some(at(25)));
    assert!(accounts.sign_in("lijing", PASSWORD, at(50)).is_ok());
}

#[test]
fn no_more_than_ten_sessions_to_a_person() {
    let dir = Dir::new();
    let accounts = open(&dir);
    let others = accounts.open_session(WANG, None, at(0)).unwrap();
    let cookies: Vec<String> =
        (0..11).map(|n| accounts.open_session(LI, None, Moment(at(0).0 + n)).unwrap()).collect();
    let open_ones = cookies.iter().filter(|cookie| is_open(&accounts, cookie, at(1))).count();
    assert_eq!(open_ones, 10);
    assert!(!is_open(&accounts, &cookies[0], at(1)), "the one longest unused went");
    assert!(is_open(&accounts, &others, at(1)));
    accounts.sign_out_everywhere(LI).unwrap();
    assert!(cookies.iter().all(|cookie| !is_open(&accounts, cookie, at(1))));
    assert!(is_open(&accounts, &others, at(1)));
    drop(accounts);
    let accounts = open(&dir);
    assert!(cookies.iter().all(|cookie| !is_open(&accounts, cookie, at(1))));
}

#[test]
fn two_threads_cannot_both_have_what_there_is_once() {
    let dir = Dir::new();
    // Slow enough that both are inside before one of them is done.
    let slow = Limits { cost: Cost::default(), ..limits() };
    let accounts = Accounts::open_with(dir.path(), Chance::System, slow).unwrap();
    let link = accounts.invite(WANG, at(0)).unwrap();
    let cookie = accounts.open_session(LI, None, at(0)).unwrap();
    let start = Barrier::new(2);
    let both: Vec<(bool, bool)> = thread::scope(|scope| {
        let work = |login: &'static str| {
            let (accounts, link, cookie, start) = (&accounts, &link, &cookie, &start);
            move || {
                start.wait();
                let redeemed = accounts.redeem(link, login, OTHER, at(0)).is_ok();
                let chosen = accounts.choose_post(cookie, POST, None, at(0)).is_ok();
                (redeemed, chosen)
            }
        };
        let threads = ["wang1", "wang2"].map(|login| scope.spawn(work(login)));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(both.iter().filter(|(redeemed, _)| *redeemed).count(), 1);
    assert_eq!(both.iter().filter(|(_, chosen)| *chosen).count(), 1);
}

#[test]
fn readers_and_writers_at_once() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let kept = accounts.open_session(WANG, Some(POST), at(0)).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..200 {
                let cookie = accounts.open_session(LI, None, at(n % 20)).unwrap();
                let cookie = accounts.choose_post(&cookie, POST, None, at(n % 20)).unwrap();
                accounts.sign_out(&cookie).unwrap();
            }
        });
        for _ in 0..2 {
            scope.spawn(|| {
                for n in 0..2000 {
                    assert!(is_open(&accounts, &kept, at(n % 20)));
                }
            });
        }
    });
}
