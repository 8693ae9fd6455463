use super::MARKS;
use super::markup::Markup;

/// A drawing of a fixed size: an `svg` element that knows its place and needs the classes of
/// [`super::CSS`], or [`Figure::standalone`] around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// One `svg` element.
    pub markup: String,
    /// Width in pixels at 96 to the inch.
    pub width_px: u32,
    /// Height in pixels at 96 to the inch.
    pub height_px: u32,
}

impl Figure {
    /// The figure as a document of its own.
    pub fn standalone(&self) -> String {
        standalone(&self.markup, self.width_px, self.height_px)
    }
}

/// An SVG document around the markup of a [`Figure`], with the colours and fonts within, for use
/// outside a page. Custom properties are resolved: most readers of SVG in documents know none.
pub fn standalone(svg_markup: &str, width_px: u32, height_px: u32) -> String {
    let view = format!("0 0 {width_px} {height_px}");
    let mut out = Markup::default();
    out.element(
        "svg",
        &[
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("width", &width_px),
            ("height", &height_px),
            ("viewBox", &view),
        ],
        |out| {
            out.element("style", &[], |out| out.markup(&resolved(MARKS)));
            out.markup(svg_markup);
        },
    );
    out.finish()
}

/// Puts its fallback in the place of every custom property.
pub(super) fn resolved(css: &str) -> String {
    let mut parts = css.split("var(");
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (property, rest) = part.split_once(')').unwrap_or((part, ""));
        out.push_str(property.split_once(',').map_or("", |(_, fallback)| fallback));
        out.push_str(rest);
    }
    out
}
