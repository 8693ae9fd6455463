//! The lists of this package and the catalogues of `words` name the same things.

use rules::role::{Rank, Role};
use rules::signal::PROBLEMS;
use words::{Lang, knows, say};

#[test]
fn every_problem_has_its_names() {
    for problem in PROBLEMS {
        let code = format!("problem-{}", problem.code.to_lowercase());
        for lang in Lang::ALL {
            assert!(knows(lang, &code) && knows(lang, &format!("{code}-short")), "{code}");
        }
    }
    let named = |code: &&str| code.starts_with("problem-p");
    assert_eq!(words::codes(Lang::Zh).iter().filter(|code| named(code)).count(), 32);
}

/// The words of roles and ranks stand in staff lists too: one spelling for both.
#[test]
fn roles_and_ranks_are_called_what_staff_lists_call_them() {
    let code = |kind: &str, name: serde_json::Value| {
        format!("{kind}-{}", name.as_str().unwrap_or_default().replace('_', "-"))
    };
    for role in Role::ALL {
        let code = code("role", serde_json::to_value(role).unwrap());
        assert_eq!(say(Lang::Zh, &code, &[]), role.word());
        assert!(knows(Lang::En, &code), "{code}");
    }
    for rank in Rank::ALL {
        let code = code("rank", serde_json::to_value(rank).unwrap());
        assert_eq!(say(Lang::Zh, &code, &[]), rank.word());
        assert!(knows(Lang::En, &code), "{code}");
    }
}
