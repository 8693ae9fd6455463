//! Evidence made on the fly: small tables, notes and charts, kept before the city begins to live.

use crate::dice::Dice;
use crate::stage::{Why, keep_as};
use ledger::Ledger;
use rules::calendar::Day;
use rules::matter::Proof;
use rules::signal::ProblemCode;
use std::collections::BTreeMap;

/// Files kept for each problem.
const PER_PROBLEM: usize = 4;
/// Files that the told cases name.
pub(super) const NAMED: [&str; 4] =
    ["告知单发放记录", "跑动次数对比图", "取号机停号日志", "文件比对表"];

/// Kept files that nobody has handed in yet.
#[derive(Default)]
pub(super) struct Files {
    of_problem: BTreeMap<ProblemCode, Vec<Proof>>,
    pub(super) named: BTreeMap<&'static str, Proof>,
}

impl Files {
    /// Keeps all files. This comes before the first command, so that their keys and addresses do
    /// not depend on how fast the writer is.
    pub(super) fn keep(ledger: &Ledger, dice: &mut Dice, from: Day) -> Result<Self, Why> {
        let mut files = Self::default();
        for problem in ProblemCode::all() {
            for n in 0..PER_PROBLEM {
                let about = problem.problem().marks[0];
                let (name, bytes) = match n {
                    0 => ("整改前后对比图.png", chart(dice)),
                    1 => ("现场记录.txt", note(problem, dice, from)),
                    2 => ("抽查核对表.csv", table(about, dice, from)),
                    _ => ("办件明细表.csv", table(about, dice, from)),
                };
                let kept = keep_as(name, &bytes, ledger)?;
                files.of_problem.entry(problem).or_default().push(kept);
            }
        }
        for name in NAMED {
            let (end, bytes) = if name.ends_with('图') {
                ("png", chart(dice))
            } else {
                ("csv", table(name, dice, from))
            };
            files.named.insert(name, keep_as(&format!("{name}.{end}"), &bytes, ledger)?);
        }
        Ok(files)
    }

    /// A file about this problem, each handed in once.
    pub(super) fn take(&mut self, problem: ProblemCode) -> Option<Proof> {
        self.of_problem.get_mut(&problem)?.pop()
    }
}

/// A table of what was looked at, as a spreadsheet exports it (UTF-8 with a mark, CRLF).
fn table(about: &str, dice: &mut Dice, from: Day) -> Vec<u8> {
    let mut lines = vec![format!("\u{feff}{about}\r\n序号,日期,办件数,合格数,备注\r\n")];
    for line in 1..=dice.between(8, 24) {
        let day = from.plus(i32::try_from(line).unwrap_or(0));
        let all = dice.between(12, 60);
        let good = all - dice.below(3);
        let remark = if good == all { "" } else { "已改" };
        lines.push(format!("{line},{day},{all},{good},{remark}\r\n"));
    }
    lines.concat().into_bytes()
}

/// A short record of a visit.
fn note(problem: ProblemCode, dice: &mut Dice, from: Day) -> Vec<u8> {
    let mut lines = vec![format!("现场记录 {problem}\n")];
    for hour in 9..=dice.between(11, 16) {
        let day = from.plus(i32::try_from(dice.between(10, 40)).unwrap_or(0));
        let (waiting, open) = (dice.between(2, 18), dice.between(3, 8));
        let minute = dice.below(60);
        lines.push(format!("{day} {hour}:{minute:02} 等候{waiting}人 窗口{open}个\n"));
    }
    lines.concat().into_bytes()
}

const WIDTH: usize = 160;
const HEIGHT: usize = 96;

/// A bar chart as a grey PNG (W3C PNG, third edition), stored without compression.
fn chart(dice: &mut Dice) -> Vec<u8> {
    let bars: Vec<usize> = (0..10).map(|n| dice.between(8, 84 - n * 5)).collect();
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| {
            let inside = (2..13).contains(&(x % 16)) && HEIGHT - y <= bars[x / 16];
            if inside { 0x4a_u8 } else { 0xf4 }
        }));
    }
    let big = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    let mut head = [big(WIDTH), big(HEIGHT)].concat();
    head.extend([8, 0, 0, 0, 0]);
    // zlib (RFC 1950) around one stored block (RFC 1951 3.2.4); the rows stay below 65,536 bytes.
    let length = u16::try_from(rows.len()).unwrap_or(u16::MAX);
    let mut body = vec![0x78, 0x01, 0x01];
    body.extend(length.to_le_bytes());
    body.extend((!length).to_le_bytes());
    body.extend(&rows);
    body.extend(adler32(&rows).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, bytes) in [(b"IHDR", &head), (b"IDAT", &body), (b"IEND", &Vec::new())] {
        let chunk = [&kind[..], bytes].concat();
        png.extend(big(bytes.len()));
        png.extend(&chunk);
        png.extend(crc32(&chunk).to_be_bytes());
    }
    png
}

fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_the_known_ones() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
        assert_eq!(&chart(&mut Dice(1))[..8], b"\x89PNG\r\n\x1a\n");
    }
}
