//! Characters of symbol fonts (Symbol, Wingdings), which Word keeps in the private use area.

/// Stands for a symbol that has no character of its own here.
pub(super) const UNKNOWN: char = '□';

/// Code within the font → the character it shows. Only what office documents use.
const WINGDINGS: &[(u32, char)] = &[
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];
const WINGDINGS_2: &[(u32, char)] =
    &[(0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0xA3, '□')];
const SYMBOL: &[(u32, char)] = &[(0xB7, '•'), (0xB0, '°'), (0xB4, '×'), (0xA8, '◆'), (0xAE, '→')];

/// The character of `w:sym`; `None` when the font's symbol is not known.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let row = match font.to_ascii_lowercase().as_str() {
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        "symbol" => SYMBOL,
        _ => return char::from_u32(code).filter(|_| !(0xE000..=0xF8FF).contains(&code)),
    };
    let code = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    row.iter().find(|(known, _)| *known == code).map(|(_, shown)| *shown)
}

/// One character of a bullet's label. Producers write a symbol font's code with or without the private
/// use area's offset: Wingdings "l" and U+F06C are the same black circle.
pub(super) fn bullet(font: Option<&str>, c: char) -> char {
    let code = u32::from(c);
    let is_private = (0xF000..=0xF0FF).contains(&code);
    match font {
        Some(font) if is_private || is_symbol_font(font) => symbol(font, code).unwrap_or('•'),
        _ if is_private => '•',
        // Word's second bullet is a letter o of a typewriter font.
        _ if c == 'o' => '○',
        _ => c,
    }
}

fn is_symbol_font(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font.starts_with("wingdings") || font == "symbol"
}
