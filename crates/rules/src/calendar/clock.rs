//! A limit as data: no number of days stands in the code.

use super::{Length, Roll};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// One limit that a law, a rule or the bureau sets, as it stands in a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The source: law or document and article, such as `信访工作条例 第34条`.
    pub basis: String,
    /// How long it is.
    pub length: Length,
    /// The code of the event on whose day the limit begins; that day itself does not count.
    pub start_event: String,
    /// The codes of the reasons for which the limit stands still; empty when nothing stops it.
    #[serde(default)]
    pub pause_reasons: Vec<String>,
    #[serde(default)]
    /// How it may be made longer; without it, it may not.
    pub extension: Option<Extension>,
    #[serde(default)]
    /// What becomes of a last day that is a day off; means nothing to working days.
    pub roll: Roll,
}

/// How far a limit may be extended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The most that one extension may add.
    pub length: Length,
    /// How often it may be granted.
    pub times: u8,
    /// Its own source, which need not be that of the limit.
    pub basis: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_data() {
        let text = r#"{"basis":"信访工作条例 第34条","length":"60d","start_event":"accepted",
            "extension":{"length":"30d","times":1,"basis":"信访工作条例 第34条"}}"#;
        let clock: Clock = serde_json::from_str(text).unwrap();
        assert_eq!((clock.length, clock.roll), (Length::days(60), Roll::None));
        assert!(clock.pause_reasons.is_empty());
        let again = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&again).unwrap(), clock);
        assert!(serde_json::from_str::<Clock>(&text.replace("basis", "base")).is_err());
    }
}
