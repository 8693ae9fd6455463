//! How long a limit is, and what becomes of a last day that is a day off.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// In what a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// 工作日: Monday to Friday, less the days off and plus the swapped days of the notices.
    #[serde(rename = "wd")]
    WorkingDay,
    /// 自然日: every day.
    #[serde(rename = "nd")]
    NaturalDay,
    /// 月: to the same day of the month (民法典 202).
    #[serde(rename = "month")]
    Month,
}

/// The length of a limit. Written, parsed and serialised as `5wd`, `15d` (also `15nd`) or `1m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Length {
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
}

/// The text is no length: a whole number from 1 to 65535 and `wd`, `d`, `nd` or `m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALength;

/// What becomes of a limit in natural days or months whose last day is a day off. A limit in
/// working days ends on a working day and needs no roll.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    /// The last day stays what it is.
    #[default]
    None,
    /// 法定休假日 as a notice names it, with its swapped block (民法典 203): the limit ends on the
    /// first day after it that is not off. A plain weekend stays.
    Statutory,
    /// Plain weekends roll too.
    AnyDayOff,
}

/// The text is none of `none`, `statutory`, `any-day-off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARoll;

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 3] = [Unit::WorkingDay, Unit::NaturalDay, Unit::Month];

    /// The roll when nothing else is said: 民法典 203 for natural days and months.
    pub fn usual_roll(self) -> Roll {
        match self {
            Unit::WorkingDay => Roll::None,
            Unit::NaturalDay | Unit::Month => Roll::Statutory,
        }
    }
}

impl Length {
    /// `n` working days.
    pub const fn working_days(n: u16) -> Length {
        Length { n, unit: Unit::WorkingDay }
    }

    /// `n` natural days.
    pub const fn days(n: u16) -> Length {
        Length { n, unit: Unit::NaturalDay }
    }

    /// `n` months.
    pub const fn months(n: u16) -> Length {
        Length { n, unit: Unit::Month }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::WorkingDay => "wd",
            Unit::NaturalDay => "d",
            Unit::Month => "m",
        };
        write!(f, "{}{unit}", self.n)
    }
}

impl FromStr for Length {
    type Err = NotALength;

    fn from_str(text: &str) -> Result<Length, NotALength> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let unit = match unit {
            "wd" => Unit::WorkingDay,
            "d" | "nd" => Unit::NaturalDay,
            "m" => Unit::Month,
            _ => return Err(NotALength),
        };
        // Nothing falls due after no days, and a number with leading zeros is a slip of the pen.
        if number.starts_with('0') {
            return Err(NotALength);
        }
        number.parse().map(|n| Length { n, unit }).map_err(|_| NotALength)
    }
}

impl TryFrom<String> for Length {
    type Error = NotALength;

    fn try_from(text: String) -> Result<Length, NotALength> {
        text.parse()
    }
}

impl From<Length> for String {
    fn from(length: Length) -> String {
        length.to_string()
    }
}

impl Roll {
    /// Every rule.
    pub const ALL: [Roll; 3] = [Roll::None, Roll::Statutory, Roll::AnyDayOff];

    /// As it is written on a command line.
    pub fn word(self) -> &'static str {
        match self {
            Roll::None => "none",
            Roll::Statutory => "statutory",
            Roll::AnyDayOff => "any-day-off",
        }
    }
}

impl FromStr for Roll {
    type Err = NotARoll;

    fn from_str(text: &str) -> Result<Roll, NotARoll> {
        Roll::ALL.into_iter().find(|roll| roll.word() == text).ok_or(NotARoll)
    }
}

impl NotALength {
    /// The words for it; the caller adds what was read as `text`.
    pub fn code(self) -> &'static str {
        "not-a-length"
    }
}

impl NotARoll {
    /// The words for it; the caller adds what was read as `text`.
    pub fn code(self) -> &'static str {
        "not-a-roll"
    }
}

/// For a developer reading a JSON error; an office reads the words of [`NotALength::code`].
impl fmt::Display for NotALength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a length such as 5wd, 15d or 1m")
    }
}

impl core::error::Error for NotALength {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_and_written() {
        let read = |text: &str| text.parse::<Length>();
        assert_eq!(read("5wd"), Ok(Length::working_days(5)));
        assert_eq!(read("15d"), Ok(Length::days(15)));
        assert_eq!(read("15nd"), Ok(Length::days(15)));
        assert_eq!(read("1m"), Ok(Length::months(1)));
        assert_eq!(read("65535d"), Ok(Length::days(u16::MAX)));
        for text in ["5wd", "15d", "1m"] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn nothing_else_is_a_length() {
        let not = [
            "",
            "d",
            "5",
            "0d",
            "05wd",
            "65536d",
            "99999999999999999999d",
            "-5d",
            "+5d",
            "5 wd",
            "5WD",
            "5wd ",
            "１d",
            "5.5d",
            "5y",
            "5个工作日",
            "5wdd",
        ];
        for text in not {
            assert_eq!(text.parse::<Length>(), Err(NotALength), "{text}");
        }
    }

    #[test]
    fn json_is_the_text() {
        let length = Length::working_days(5);
        assert_eq!(serde_json::to_string(&length).unwrap(), "\"5wd\"");
        assert_eq!(serde_json::from_str::<Length>("\"15nd\"").unwrap(), Length::days(15));
        assert!(serde_json::from_str::<Length>("\"15\"").is_err());
        assert!(serde_json::from_str::<Length>("15").is_err());
        assert_eq!(serde_json::to_string(&Unit::ALL).unwrap(), r#"["wd","nd","month"]"#);
        let rolls = r#"["none","statutory","any_day_off"]"#;
        assert_eq!(serde_json::to_string(&Roll::ALL).unwrap(), rolls);
    }

    #[test]
    fn rolls_are_read() {
        for roll in Roll::ALL {
            assert_eq!(roll.word().parse(), Ok(roll));
        }
        assert_eq!("any_day_off".parse::<Roll>(), Err(NotARoll));
    }
}
