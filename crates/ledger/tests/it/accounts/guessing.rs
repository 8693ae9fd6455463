//! Wrong passwords, waits, locks: what keeps a guesser out, and nobody else.

use std::time::{Duration, Instant};

use super::*;

#[test]
fn a_wrong_password_and_an_unknown_login_are_told_apart_by_nothing() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let tries = |login: &str| -> Vec<String> {
        let answer = |minute| accounts.sign_in(login, "wrong", at(minute)).unwrap_err();
        (0..9).map(|n| format!("{:?}", answer(n))).collect()
    };
    let known = tries("lijing");
    assert_eq!(known, tries("nobody"));
    assert_eq!(known, tries("王芳 or 1=1"));
    assert_eq!(known[4], "Wrong");
    assert_eq!(known[5], "Wait { minutes: 14 }");
}

#[test]
fn an_unknown_login_takes_as_long_as_a_known_one() {
    let dir = Dir::new();
    let dear = Limits { cost: Cost::default(), ..limits() };
    let accounts = Accounts::open_with(dir.path(), Chance::System, dear).unwrap();
    let link = accounts.invite(LI, at(0)).unwrap();
    accounts.redeem(&link, "lijing", PASSWORD, at(0)).unwrap();
    let takes = |login: &str, password: &str, minute| {
        let start = Instant::now();
        assert_eq!(code(accounts.sign_in(login, password, at(minute))), "accounts-wrong");
        start.elapsed()
    };
    let long = "x".repeat(100_000);
    let tried = [("lijing", "wrong"), ("nobody", "wrong"), ("王芳", "wrong"), ("n.n", &long)];
    let mut quickest = [Duration::MAX; 4];
    for minute in 0..4 {
        for (quickest, (login, password)) in quickest.iter_mut().zip(tried) {
            *quickest = takes(login, password, minute).min(*quickest);
        }
    }
    // Without a hash it would be a hundredth; the machine may be busy with other tests.
    assert!(quickest.iter().all(|one| *one * 10 > quickest[0]), "{quickest:?}");
}

#[test]
fn failures_make_the_login_wait_longer_each_time() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let wrong = |minute| code(accounts.sign_in_from("lijing", "wrong", "10.0.0.9", at(minute)));
    for _ in 0..5 {
        assert_eq!(wrong(0), "accounts-wrong");
    }
    let right = |source: &str, minute| {
        accounts.sign_in_from("lijing", PASSWORD, source, at(minute)).map(|_| ())
    };
    let waits = |source: &str, minute| match right(source, minute) {
        Err(NotSignedIn::Wait { minutes }) => minutes,
        other => panic!("{other:?}"),
    };
    assert_eq!(waits("10.0.0.9", 0), 15);
    assert_eq!(waits("10.0.0.9", 14), 1);
    assert_eq!(wrong(15), "accounts-wrong");
    assert_eq!(waits("10.0.0.9", 16), 29, "twice as long");
    assert_eq!(wrong(45), "accounts-wrong");
    assert_eq!(waits("10.0.0.9", 46), 59);
    assert_eq!(wrong(105), "accounts-wrong");
    assert_eq!(waits("10.0.0.9", 106), 59, "never longer than an hour");
    drop(accounts);

    let accounts = open(&dir);
    let right =
        |source: &str, minute| code(accounts.sign_in_from("lijing", PASSWORD, source, at(minute)));
    assert_eq!(right("10.0.0.9", 107), "accounts-wait", "a restart forgets nothing");
    assert_eq!(right("10.0.0.8", 107), "done", "the owner elsewhere is not shut out");
    accounts.unlock(LI).unwrap();
    assert_eq!(right("10.0.0.9", 107), "done");
}

#[test]
fn a_right_password_and_a_day_forget_the_failures() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let wrong = |minute| code(accounts.sign_in("lijing", "wrong", at(minute)));
    for minute in 0..4 {
        assert_eq!(wrong(minute), "accounts-wrong");
    }
    assert!(accounts.sign_in("lijing", PASSWORD, at(4)).is_ok());
    for minute in 5..10 {
        assert_eq!(wrong(minute), "accounts-wrong");
    }
    assert_eq!(wrong(10), "accounts-wait");
    let link = accounts.invite(LI, at(10)).unwrap();
    accounts.redeem(&link, "lijing", OTHER, at(10)).unwrap();
    for minute in 10..15 {
        assert_eq!(wrong(minute), "accounts-wrong", "a new password, a new count");
    }
    assert_eq!(wrong(15), "accounts-wait");
    let next_day = 14 + 24 * 60;
    for minute in 0..5 {
        assert_eq!(wrong(next_day + minute), "accounts-wrong", "{minute}");
    }
    assert_eq!(wrong(next_day + 5), "accounts-wait");
}

#[test]
fn a_hundred_failures_from_many_places_make_the_login_wait_everywhere() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    for n in 0..100 {
        let source = format!("10.0.{n}.1");
        assert_eq!(
            code(accounts.sign_in_from("lijing", "wrong", &source, at(n))),
            "accounts-wrong"
        );
    }
    let own = |minute| code(accounts.sign_in_from("lijing", PASSWORD, "10.9.9.9", at(minute)));
    assert_eq!(own(100), "accounts-wait");
    assert_eq!(own(99 + 15), "done");
}

#[test]
fn so_many_tries_in_a_minute() {
    let dir = Dir::new();
    let few = Limits {
        login_per_minute: 3,
        source_per_minute: 5,
        all_per_minute: 8,
        failures: 100,
        ..limits()
    };
    let accounts = Accounts::open_with(dir.path(), Chance::System, few).unwrap();
    let from = |login: &str, source: &str, minute| {
        code(accounts.sign_in_from(login, "wrong", source, at(minute)))
    };
    let (wrong, many) = ("accounts-wrong", "accounts-too-many");
    let got: Vec<_> = (0..4).map(|_| from("a1", "s1", 0)).collect();
    assert_eq!(got, [wrong, wrong, wrong, many], "one login");
    let got: Vec<_> = (0..2).map(|n| from(&format!("b{n}"), "s1", 0)).collect();
    assert_eq!(got, [wrong, many], "one source");
    let got: Vec<_> = (0..3).map(|n| from(&format!("c{n}"), &format!("t{n}"), 0)).collect();
    assert_eq!(got, [wrong, wrong, many], "all");
    assert_eq!(from("a1", "s1", 1), wrong, "the next minute");
}

#[test]
fn a_locked_person_is_out_at_once_and_comes_back() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let cookie = accounts.sign_in("lijing", PASSWORD, at(0)).unwrap();
    let token = accounts.issue_token(LI, POST, "", at(0), 9).unwrap();
    let link = accounts.invite(LI, at(0)).unwrap();
    accounts.lock(LI).unwrap();
    assert!(accounts.is_locked(LI).unwrap() && !accounts.is_locked(WANG).unwrap());
    assert!(!is_open(&accounts, &cookie, at(1)));
    assert_eq!(accounts.token(&token, at(1)).unwrap(), None);
    assert_eq!(code(accounts.sign_in("lijing", PASSWORD, at(1))), "accounts-locked");
    assert_eq!(code(accounts.sign_in("lijing", "wrong", at(1))), "accounts-wrong");
    assert_eq!(code(accounts.redeem(&link, "lijing", OTHER, at(1))), "accounts-locked");
    let slipped_in = accounts.open_session(LI, None, at(1)).unwrap();
    assert!(!is_open(&accounts, &slipped_in, at(1)));
    drop(accounts);

    let accounts = open(&dir);
    assert_eq!(code(accounts.sign_in("lijing", PASSWORD, at(2))), "accounts-locked");
    accounts.unlock(LI).unwrap();
    assert!(!is_open(&accounts, &cookie, at(2)), "ended sessions stay ended");
    assert!(accounts.sign_in("lijing", PASSWORD, at(2)).is_ok());
    assert!(accounts.token(&token, at(2)).unwrap().is_some());
}

#[test]
fn a_changed_password_ends_every_session() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let cookie = accounts.sign_in("lijing", PASSWORD, at(0)).unwrap();
    let change =
        |old: &str, new: &str, minute| code(accounts.change_password(LI, old, new, at(minute)));
    assert_eq!(change("wrong", OTHER, 0), "accounts-old-wrong");
    assert_eq!(change(PASSWORD, PASSWORD, 0), "accounts-password-same");
    assert_eq!(change(PASSWORD, "short", 0), "accounts-password-short");
    assert_eq!(code(accounts.change_password(WANG, "a", OTHER, at(0))), "accounts-old-wrong");
    assert!(is_open(&accounts, &cookie, at(0)));
    assert_eq!(change(PASSWORD, OTHER, 1), "done");
    assert!(!is_open(&accounts, &cookie, at(1)));
    assert_eq!(code(accounts.sign_in("lijing", PASSWORD, at(1))), "accounts-wrong");
    assert!(accounts.sign_in("lijing", OTHER, at(1)).is_ok());
    for minute in 2..7 {
        assert_eq!(change("wrong", PASSWORD, minute), "accounts-old-wrong");
    }
    assert_eq!(change(OTHER, PASSWORD, 7), "accounts-wait", "nobody guesses on an open desk");
}

#[test]
fn guesses_at_once_are_counted_as_if_one_after_the_other() {
    let dir = Dir::new();
    // Slow enough that all of them are inside before the first one has failed.
    let slow = Limits { cost: Cost::default(), hashing: 9, ..limits() };
    let accounts = Accounts::open_with(dir.path(), Chance::System, slow).unwrap();
    let link = accounts.invite(LI, at(0)).unwrap();
    accounts.redeem(&link, "lijing", PASSWORD, at(0)).unwrap();
    let answers: Vec<&str> = thread::scope(|scope| {
        let guess = || code(accounts.sign_in("lijing", "wrong", at(0)));
        let threads: Vec<_> = (0..9).map(|_| scope.spawn(guess)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|one| **one == "accounts-wrong").count(), 5, "{answers:?}");
}
