//! How cells look: 仿宋 小四 for the body, 黑体 for heads, a colour beside each light's word.

use rules::light::Light;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use words::{Lang, say};

/// 小四, in points.
const BODY_POINTS: f64 = 12.0;

pub(crate) struct Formats {
    pub(crate) head: Format,
    pub(crate) text: Format,
    pub(crate) number: Format,
    pub(crate) day: Format,
    /// A day beyond the published calendar: the same date, with a mark behind it.
    pub(crate) provisional: Format,
    lights: [(Light, Format); 5],
}

impl Formats {
    pub(crate) fn new(lang: Lang) -> Self {
        let text = Format::new()
            .set_font_name(say(lang, "papers-font-body", &[]))
            .set_font_size(BODY_POINTS)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::Top)
            .set_text_wrap();
        let middle = text.clone().set_align(FormatAlign::Center);
        let mark = say(lang, "papers-provisional-mark", &[]).replace('"', "");
        Self {
            head: middle
                .clone()
                .set_font_name(say(lang, "papers-font-head", &[]))
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00ED_EDED)),
            number: middle.clone().set_num_format("0"),
            day: middle.clone().set_num_format("yyyy-mm-dd"),
            provisional: middle.clone().set_num_format(format!("yyyy-mm-dd\"{mark}\"")),
            lights: Light::ALL.map(|light| {
                let (ground, ink) = colours(light);
                let format = middle.clone().set_background_color(Color::RGB(ground));
                (light, format.set_font_color(Color::RGB(ink)).set_bold())
            }),
            text,
        }
    }

    pub(crate) fn light(&self, light: Light) -> &Format {
        let own = self.lights.iter().find(|(one, _)| *one == light);
        own.map_or(&self.text, |(_, format)| format)
    }
}

/// Ground and ink. The word stands there too, so nobody depends on telling the colours apart;
/// each pair has a contrast above 7 to 1 (WCAG 1.4.6).
fn colours(light: Light) -> (u32, u32) {
    match light {
        Light::Grey => (0x00D9_D9D9, 0x0026_2626),
        Light::Green => (0x00C6_E0B4, 0x0013_3A13),
        Light::Blue => (0x00BD_D7EE, 0x000B_2A4A),
        Light::Yellow => (0x00FF_E699, 0x003F_3000),
        Light::Red => (0x00F8_CBAD, 0x005C_0000),
    }
}
