//! Tokens, and what stands in the file.

use std::time::Instant;

use ledger::accounts::Bearer;

use super::*;

#[test]
fn a_token_works_until_it_ends_or_is_revoked() {
    let dir = Dir::new();
    let accounts = open(&dir);
    let name = format!(" 月报\n{}", "长".repeat(100));
    let first = accounts.issue_token(LI, POST, &name, at(0), 1).unwrap();
    let second = accounts.issue_token(LI, PostId(4), "dash", at(0), 10_000).unwrap();
    let third = accounts.issue_token(WANG, POST, "x", at(0), 0).unwrap();
    assert!(first.starts_with("bihuan_"));
    let bearer = Bearer { person: LI, post: POST, id: 1 };
    assert_eq!(accounts.token(&first, at(24 * 60 - 1)).unwrap(), Some(bearer));
    assert_eq!(accounts.token(&first, at(24 * 60)).unwrap(), None);
    assert_eq!(accounts.token(&third, at(24 * 60 - 1)).unwrap().unwrap().person, WANG);
    let list = accounts.tokens(LI).unwrap();
    assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((list[0].name.chars().count(), list[0].used), (64, Some(at(24 * 60 - 1))));
    assert!(list[0].name.starts_with("月报长"));
    assert_eq!(list[1].ends, Moment(at(0).0 + 366 * 24 * HOUR), "no longer than a year");

    assert!(!accounts.revoke_token(2, WANG).unwrap(), "not somebody else's");
    assert!(accounts.token(&second, at(1)).unwrap().is_some());
    assert!(accounts.revoke_token(2, LI).unwrap());
    assert!(!accounts.revoke_token(2, LI).unwrap());
    assert_eq!(accounts.token(&second, at(1)).unwrap(), None);
    drop(accounts);
    let accounts = open(&dir);
    assert_eq!(accounts.token(&second, at(1)).unwrap(), None);
    for junk in ["", "bihuan_", "令牌", &first[7..], &first.to_uppercase()] {
        assert_eq!(accounts.token(junk, at(1)).unwrap(), None, "{junk}");
        assert!(!is_open(&accounts, junk, at(1)));
    }
    accounts.issue_token(LI, POST, "next", at(1), 1).unwrap();
    assert_eq!(accounts.tokens(LI).unwrap().last().unwrap().id, 4, "a number names one token");
}

#[test]
fn a_second_process_is_noticed() {
    let dir = Dir::new();
    let (server, tool) = (settled(&dir), open(&dir));
    let cookie = server.sign_in("lijing", PASSWORD, at(0)).unwrap();
    let token = tool.issue_token(LI, POST, "script", at(0), 1).unwrap();
    assert!(server.token(&token, at(0)).unwrap().is_some(), "an unknown token is looked for");
    assert!(is_open(&tool, &cookie, at(0)));
    assert!(is_open(&server, &cookie, at(1)));
    // This request is in the server's memory only when the tool writes.
    assert!(is_open(&server, &cookie, Moment(at(1).0 + 59_000)));
    tool.invite(WANG, at(1)).unwrap();
    assert!(is_open(&server, &cookie, Moment(at(31).0 + 30_000)), "the last request counts");
    tool.revoke_token(1, LI).unwrap();
    tool.lock(LI).unwrap();
    let second_later = Moment(at(31).0 + 31_000);
    assert_eq!(server.token(&token, second_later).unwrap(), None);
    assert!(!is_open(&server, &cookie, second_later));
    assert_eq!(code(server.sign_in("lijing", PASSWORD, second_later)), "accounts-locked");
}

#[test]
fn nothing_in_clear_in_the_files() {
    let dir = Dir::new();
    let accounts = settled(&dir);
    let mut secrets = vec![PASSWORD.to_owned()];
    secrets.push(accounts.invite(WANG, at(0)).unwrap());
    let cookie = accounts.sign_in("lijing", PASSWORD, at(0)).unwrap();
    let csrf = accounts.session(&cookie, at(0)).unwrap().unwrap().csrf;
    let token = accounts.issue_token(LI, POST, "dash", at(0), 1).unwrap();
    secrets.extend([cookie, csrf, token["bihuan_".len()..].to_owned(), token]);
    let typed_wrongly = "my password in the login field";
    assert_eq!(
        code(accounts.sign_in_from(typed_wrongly, "x", "10.1.2.3", at(0))),
        "accounts-wrong"
    );
    secrets.extend([typed_wrongly.to_owned(), "10.1.2.3".to_owned()]);
    let bytes = bytes(dir.path());
    assert!(holds(&bytes, "lijing") && holds(&bytes, "$argon2id$"), "these bytes are the ones");
    for secret in secrets {
        assert!(!holds(&bytes, &secret), "{secret}");
    }
}

#[test]
fn a_password_is_hashed_anew_when_the_cost_changes() {
    let dir = Dir::new();
    drop(settled(&dir));
    let dearer = Limits { cost: Cost::new(128, 2, 1).unwrap(), ..limits() };
    let accounts = Accounts::open_with(dir.path(), Chance::System, dearer).unwrap();
    assert!(!holds(&bytes(dir.path()), "m=128,t=2,p=1"));
    assert!(accounts.sign_in("lijing", PASSWORD, at(0)).is_ok());
    assert!(holds(&bytes(dir.path()), "$argon2id$v=19$m=128,t=2,p=1$"));
    assert!(accounts.sign_in("lijing", PASSWORD, at(0)).is_ok());
    assert_eq!(Cost::new(1, 1, 1), None);
    assert_eq!(Cost::default(), Cost::new(19_456, 2, 1).unwrap());
}

#[test]
fn one_seed_gives_the_same_secrets_and_never_the_same_twice() {
    let made = |dir: &Dir| {
        let accounts = Accounts::open_with(dir.path(), Chance::Seed(7), limits()).unwrap();
        accounts.open_session(LI, None, at(0)).unwrap()
    };
    let (one, other) = (Dir::new(), Dir::new());
    let (first, second) = (made(&one), made(&one));
    assert_ne!(first, second, "another start, other secrets");
    assert_eq!((made(&other), made(&other)), (first, second));
}

#[test]
fn the_file_is_the_owners_alone_and_a_later_form_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Dir::new();
    drop(settled(&dir));
    let path = dir.path().join(FILE);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    let fault = Accounts::open_with(dir.path(), Chance::System, limits()).err().unwrap();
    assert_eq!(fault.code(), "ledger-version-unknown");
    let nowhere = Accounts::open(&dir.path().join("nowhere"), Chance::System).err().unwrap();
    assert_eq!(nowhere.code(), "ledger-file");
}

#[test]
fn every_answer_has_words() {
    let chinese = include_str!("../../../../words/zh-CN/accounts.ftl");
    let english = include_str!("../../../../words/en/accounts.ftl");
    let all = [
        NotSignedIn::Wrong,
        NotSignedIn::Wait { minutes: 15 },
        NotSignedIn::TooMany,
        NotSignedIn::Locked,
        NotSignedIn::LinkSpent,
        NotSignedIn::SessionOver,
        NotSignedIn::LoginBad,
        NotSignedIn::LoginNotFree,
        NotSignedIn::PasswordShort { shortest: 12 },
        NotSignedIn::PasswordLong { longest: 128 },
        NotSignedIn::PasswordHasLogin,
        NotSignedIn::PasswordCommon,
        NotSignedIn::PasswordSame,
        NotSignedIn::OldWrong,
    ];
    for text in [chinese, english] {
        let lines = text.lines().filter(|line| line.starts_with("accounts-")).count();
        assert_eq!(lines, all.len());
        for not in &all {
            let head = format!("{} = ", not.code());
            let sentence = text.lines().find_map(|line| line.strip_prefix(&head)).unwrap();
            for (name, _) in not.args() {
                assert!(sentence.contains(&format!("{{ ${name} }}")), "{} {name}", not.code());
            }
        }
    }
}

#[test]
#[ignore = "prints figures: cargo test --release -p bihuan-ledger -- --ignored --nocapture cost_of"]
fn cost_of_a_session_and_of_a_password() {
    let dir = Dir::new();
    let accounts = Accounts::open(dir.path(), Chance::System).unwrap();
    let mut cookies = Vec::new();
    for person in 0..2000 {
        cookies.push(accounts.open_session(PersonId(person), Some(POST), at(0)).unwrap());
    }
    let rounds = 50_u32;
    let start = Instant::now();
    for round in 0..rounds {
        let now = Moment(at(0).0 + i64::from(round) * 100);
        assert!(cookies.iter().all(|cookie| is_open(&accounts, cookie, now)));
    }
    let each = start.elapsed() / (rounds * 2000);
    let start = Instant::now();
    assert!(cookies.iter().all(|cookie| is_open(&accounts, cookie, at(2))));
    let written = start.elapsed() / 2000;
    let start = Instant::now();
    let unknown = "a".repeat(43);
    assert!((0..2000).all(|_| !is_open(&accounts, &unknown, at(2))));
    let missed = start.elapsed() / 2000;
    let start = Instant::now();
    assert_eq!(code(accounts.sign_in("nobody", PASSWORD, at(0))), "accounts-wrong");
    let hashed = start.elapsed();
    println!("session() of 2,000 open ones: {each:?}; when it is noted: {written:?}");
    println!("unknown cookie: {missed:?}; one password: {hashed:?}");
}
