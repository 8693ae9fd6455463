//! A text as a QR code: what a camera carries over where no cable leads, and what a print keeps.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// The most bytes that one code holds, with a little room: ISO/IEC 18004 gives 2,953 at version
/// 40-L in byte mode.
pub const QR_MAX: usize = 2900;
/// Light modules around the code (ISO/IEC 18004 9.1).
const QUIET: usize = 4;

/// The code as SVG without style and script, one unit a module; it scales to its place. `None`
/// when the text is longer than [`QR_MAX`].
pub fn qr_svg(text: &str) -> Option<String> {
    if text.len() > QR_MAX {
        return None;
    }
    // The least correction: a screen has no stains, and the code stays as coarse as it can.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (width, modules) = (code.width(), code.to_colors());
    let side = width + 2 * QUIET;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path fill=\"#000\" d=\""
    );
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                // Writing to a String does not fail.
                let _ = write!(svg, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    svg.push_str("\"/></svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    /// The dark runs of the path, as a grey picture of four dots a module.
    fn picture(svg: &str) -> Vec<u8> {
        const DOTS: usize = 4;
        let side: usize = svg.split(' ').nth(4).unwrap().trim_end_matches('"').parse().unwrap();
        let mut dark = vec![false; side * side];
        for run in svg.split("d=\"M").nth(2).unwrap().split('M') {
            let (left, rest) = run.split_once(' ').unwrap();
            let (top, rest) = rest.split_once('h').unwrap();
            let length = rest.split_once('v').unwrap().0;
            let [left, top, length] = [left, top, length].map(|n| n.parse::<usize>().unwrap());
            dark[top * side + left..][..length].fill(true);
        }
        let dots = side * DOTS;
        let mut bytes = format!("P5 {dots} {dots} 255\n").into_bytes();
        for y in 0..dots {
            bytes.extend((0..dots).map(|x| if dark[y / DOTS * side + x / DOTS] { 0 } else { 255 }));
        }
        bytes
    }

    fn read_back(svg: &str) -> Option<Vec<u8>> {
        let file = std::env::temp_dir().join(format!("bihuan-qr-{}.pgm", std::process::id()));
        std::fs::write(&file, picture(svg)).unwrap();
        let mut zbar = Command::new("zbarimg");
        zbar.args(["--quiet", "--raw", "-Sdisable", "-Sqr.enable", "-Sqr.binary"]).arg(&file);
        let output = zbar.stderr(Stdio::null()).output();
        std::fs::remove_file(&file).unwrap();
        output.ok().filter(|output| output.status.success()).map(|output| output.stdout)
    }

    #[test]
    fn a_reader_of_others_gives_the_text_back() {
        if Command::new("zbarimg").arg("--version").output().is_err() {
            let required = std::env::var("BIHUAN_REQUIRE_FAULTS").is_ok_and(|value| value == "1");
            assert!(!required, "zbarimg is required and not here");
            std::io::stderr().write_all(b"SKIPPED: zbarimg is not here\n").unwrap();
            return;
        }
        let note = "bihuan.example/log\n70000\nroot=\n\n\u{2014} bihuan.example/log c2ln\n";
        for text in [note.to_owned(), note.repeat(40)] {
            let svg = qr_svg(&text).unwrap();
            let read = read_back(&svg).unwrap();
            assert_eq!(String::from_utf8(read).unwrap().trim_end_matches('\n'), text.trim_end());
        }
    }

    #[test]
    fn the_longest_fits_and_nothing_longer() {
        assert!(qr_svg(&"x\n".repeat(QR_MAX / 2)).is_some());
        assert!(qr_svg(&"\u{2014}".repeat(QR_MAX / 3)).is_some());
        assert_eq!(qr_svg(&"x".repeat(QR_MAX + 1)), None);
        let svg = qr_svg("x").unwrap();
        assert!(svg.contains("viewBox=\"0 0 29 29\"") && !svg.contains("style"));
    }
}
