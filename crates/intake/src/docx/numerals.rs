//! Ordinal numbers in the formats of ISO/IEC 29500-1, 17.18.59 (`ST_NumberFormat`). Where the standard
//! is silent or contradicts its own example, we write what Word writes.

/// How a level writes its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Numerals(Numerals),
    Bullet,
    None,
    /// A name we do not know; written in decimals, and noted.
    Unknown(String),
}

/// A system of numerals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numerals {
    Decimal,
    DecimalZero,
    DecimalFullWidth,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// 一, 十, 十一, 二十一; by digits from 100: 一○一.
    ChineseCounting,
    /// 一, 十, 十一, 一百〇一.
    ChineseCountingThousand,
    /// The same with 零, as Taiwan writes: 一百零一.
    TaiwaneseCountingThousand,
    /// 壹, 壹拾, 壹佰零壹.
    ChineseLegalSimplified,
    /// 一, 十, 百一: no one before a unit, no zero.
    JapaneseCounting,
    /// 一, 一〇, 一〇一.
    IdeographDigital,
    /// A row of characters for 1, 2, 3 …; decimals beyond its end.
    Row(&'static str),
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const PARENTHESED: &str = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇";
const STOPPED: &str = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛";
const CIRCLED_HAN: &str = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉";

impl Format {
    /// Reads the value of `w:numFmt`.
    pub(super) fn from_name(name: &str) -> Format {
        Format::Numerals(match name {
            "bullet" => return Format::Bullet,
            "none" => return Format::None,
            "decimal" | "decimalHalfWidth" => Numerals::Decimal,
            "decimalZero" => Numerals::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Numerals::DecimalFullWidth,
            "lowerLetter" => Numerals::LowerLetter,
            "upperLetter" => Numerals::UpperLetter,
            "lowerRoman" => Numerals::LowerRoman,
            "upperRoman" => Numerals::UpperRoman,
            "chineseCounting" | "taiwaneseCounting" => Numerals::ChineseCounting,
            "chineseCountingThousand" => Numerals::ChineseCountingThousand,
            "taiwaneseCountingThousand" => Numerals::TaiwaneseCountingThousand,
            "chineseLegalSimplified" => Numerals::ChineseLegalSimplified,
            "japaneseCounting" => Numerals::JapaneseCounting,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
                Numerals::IdeographDigital
            }
            "ideographTraditional" => Numerals::Row(STEMS),
            "ideographZodiac" => Numerals::Row(BRANCHES),
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numerals::Row(CIRCLED),
            "decimalEnclosedParen" => Numerals::Row(PARENTHESED),
            "decimalEnclosedFullstop" => Numerals::Row(STOPPED),
            "ideographEnclosedCircle" => Numerals::Row(CIRCLED_HAN),
            other => return Format::Unknown(other.chars().take(40).collect()),
        })
    }
}

impl Numerals {
    /// Writes a number. A system that cannot write it (0 in Roman, 21 in circles) writes decimals.
    pub(super) fn write(self, n: u32) -> String {
        let written = match self {
            Numerals::Decimal => None,
            Numerals::DecimalZero => Some(format!("{n:02}")),
            Numerals::DecimalFullWidth => Some(digits(n, "０１２３４５６７８９")),
            Numerals::LowerLetter => letters(n).map(|text| text.to_ascii_lowercase()),
            Numerals::UpperLetter => letters(n),
            Numerals::LowerRoman => roman(n).map(|text| text.to_ascii_lowercase()),
            Numerals::UpperRoman => roman(n),
            Numerals::ChineseCounting if n >= 100 => Some(digits(n, "○一二三四五六七八九")),
            Numerals::ChineseCounting | Numerals::ChineseCountingThousand => MAINLAND.write(n),
            Numerals::TaiwaneseCountingThousand => TAIWAN.write(n),
            Numerals::ChineseLegalSimplified => LEGAL.write(n),
            Numerals::JapaneseCounting => JAPAN.write(n),
            Numerals::IdeographDigital => Some(digits(n, "〇一二三四五六七八九")),
            Numerals::Row(row) => n.checked_sub(1).and_then(|at| nth(row, at)).map(String::from),
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

fn nth(row: &str, at: u32) -> Option<char> {
    row.chars().nth(usize::try_from(at).ok()?)
}

fn digits(n: u32, row: &str) -> String {
    n.to_string().chars().filter_map(|c| nth(row, c.to_digit(10)?)).collect()
}

/// a…z, then aa, bb … as Word does. Above 30 repetitions Word itself gives up.
fn letters(n: u32) -> Option<String> {
    let at = n.checked_sub(1)?;
    let times = usize::try_from(at / 26 + 1).ok().filter(|times| *times <= 30)?;
    let letter = char::from(b'A' + u8::try_from(at % 26).ok()?);
    Some(letter.to_string().repeat(times))
}

fn roman(n: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n >= 4_000 {
        return None;
    }
    let mut left = n;
    let mut text = String::new();
    for (value, sign) in STEPS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

/// A way of counting by units (十, 百, 千, 万).
struct Counting {
    digits: &'static str,
    units: [&'static str; 4],
    myriad: &'static str,
    /// Written once for skipped places inside a number; empty where none is written.
    zero: &'static str,
    /// 10 to 19 are written without a leading one.
    bare_ten: bool,
    /// Nor is a one written before any unit below the myriad.
    bare_units: bool,
}

const MAINLAND: Counting = Counting {
    digits: "〇一二三四五六七八九",
    units: ["", "十", "百", "千"],
    myriad: "万",
    zero: "〇",
    bare_ten: true,
    bare_units: false,
};
const TAIWAN: Counting =
    Counting { digits: "零一二三四五六七八九", zero: "零", ..MAINLAND };
const LEGAL: Counting = Counting {
    digits: "零壹贰叁肆伍陆柒捌玖",
    units: ["", "拾", "佰", "仟"],
    myriad: "万",
    zero: "零",
    bare_ten: false,
    bare_units: false,
};
const JAPAN: Counting = Counting { zero: "", bare_units: true, ..MAINLAND };

/// From here on Word writes nothing; we fall back to decimals, which say more.
const MYRIADS_END: u32 = 1_000_000;

impl Counting {
    fn write(&self, n: u32) -> Option<String> {
        if n >= MYRIADS_END {
            return None;
        }
        if n == 0 {
            return nth(self.digits, 0).map(String::from);
        }
        let mut text = String::new();
        let (high, low) = (n / 10_000, n % 10_000);
        if high > 0 {
            self.group(high, &mut text)?;
            text.push_str(self.myriad);
            if low > 0 && low < 1_000 {
                text.push_str(self.zero);
            }
        }
        self.group(low, &mut text)?;
        Some(text)
    }

    /// A number below 10,000.
    fn group(&self, n: u32, text: &mut String) -> Option<()> {
        let starts = text.is_empty();
        let mut skipped = false;
        let mut began = false;
        for (place, scale) in [(3_usize, 1_000), (2, 100), (1, 10), (0, 1)] {
            let digit = n / scale % 10;
            if digit == 0 {
                skipped = began;
                continue;
            }
            if skipped {
                text.push_str(self.zero);
                skipped = false;
            }
            let is_bare_ten = self.bare_ten && starts && place == 1 && n < 20;
            let is_bare = digit == 1 && place > 0 && (self.bare_units || is_bare_ten);
            if !is_bare {
                text.push(nth(self.digits, digit)?);
            }
            text.push_str(self.units[place]);
            began = true;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Numerals};

    /// Rows: format, then what it writes for each of the numbers in the head.
    #[test]
    fn every_format_writes_what_word_writes() {
        let head = [1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 111, 1001, 10001];
        let rows = "
chineseCounting         一 九 十 十一 二十 二十一 九十九 一○○ 一○一 一一○ 一一一 一○○一 一○○○一
chineseCountingThousand 一 九 十 十一 二十 二十一 九十九 一百 一百〇一 一百一十 一百一十一 一千〇一 一万〇一
chineseLegalSimplified  壹 玖 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹 壹佰壹拾 壹佰壹拾壹 壹仟零壹 壹万零壹
japaneseCounting        一 九 十 十一 二十 二十一 九十九 百 百一 百十 百十一 千一 一万一
ideographDigital        一 九 一〇 一一 二〇 二一 九九 一〇〇 一〇一 一一〇 一一一 一〇〇一 一〇〇〇一
decimalFullWidth        １ ９ １０ １１ ２０ ２１ ９９ １００ １０１ １１０ １１１ １００１ １０００１
ideographTraditional    甲 壬 癸 11 20 21 99 100 101 110 111 1001 10001
ideographZodiac         子 申 酉 戌 20 21 99 100 101 110 111 1001 10001
decimalEnclosedCircle   ① ⑨ ⑩ ⑪ ⑳ 21 99 100 101 110 111 1001 10001
decimalZero             01 09 10 11 20 21 99 100 101 110 111 1001 10001
lowerLetter             a i j k t u uuuu vvvv wwww ffffff? - - -
upperRoman              I IX X XI XX XXI XCIX C CI CX CXI MI 10001
";
        for row in rows.trim().lines() {
            let mut words = row.split_whitespace();
            let name = words.next().unwrap();
            let Format::Numerals(numerals) = Format::from_name(name) else { panic!("{name}") };
            for (n, expected) in head.iter().zip(words) {
                if expected != "-" && !expected.ends_with('?') {
                    assert_eq!(numerals.write(*n), expected, "{name} {n}");
                }
            }
        }
    }

    #[test]
    fn no_number_makes_trouble() {
        for n in [0, 780, 781, 3_999, 4_000, 999_999, 1_000_000, u32::MAX] {
            for name in ["lowerLetter", "lowerRoman", "chineseCountingThousand", "ideographZodiac"]
            {
                let Format::Numerals(numerals) = Format::from_name(name) else { panic!("{name}") };
                assert!(!numerals.write(n).is_empty(), "{name} {n}");
            }
        }
        assert_eq!(Numerals::ChineseCountingThousand.write(200_010), "二十万〇一十");
        assert_eq!(Numerals::ChineseCountingThousand.write(110_000), "十一万");
    }

    #[test]
    fn names_we_do_not_know_are_kept() {
        assert_eq!(Format::from_name("bullet"), Format::Bullet);
        assert_eq!(Format::from_name("hebrew1"), Format::Unknown("hebrew1".into()));
    }
}
