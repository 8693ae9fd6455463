use super::markup::Markup;

/// A colour by what it means. The class of the mark is `c-` and the class of a swatch `b-` with
/// the same name behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Overdue. Red means nothing else.
    Red,
    /// Due soon.
    Amber,
    /// In good order.
    Green,
    /// Waits for a check.
    Wait,
    /// Done.
    Done,
    /// Kept up over the long term.
    Violet,
}

impl Tone {
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Red => "c-red",
            Self::Amber => "c-amber",
            Self::Green => "c-green",
            Self::Wait => "c-wait",
            Self::Done => "c-done",
            Self::Violet => "c-violet",
        }
    }

    fn swatch(self) -> &'static str {
        match self {
            Self::Red => "b-red",
            Self::Amber => "b-amber",
            Self::Green => "b-green",
            Self::Wait => "b-wait",
            Self::Done => "b-done",
            Self::Violet => "b-violet",
        }
    }
}

/// What each tone is called, in the order in which it is explained.
pub type Legend = [(Tone, String)];

/// The legend as HTML, for the head of a card.
pub fn legend(legend: &Legend) -> String {
    let mut out = Markup::default();
    out.element("div", &[("class", &"leg")], |out| {
        for (tone, name) in legend {
            out.element("span", &[], |out| {
                let class = tone.swatch();
                out.leaf("i", &[("class", &class), ("aria-hidden", &"true")], &"");
                out.text(name);
            });
        }
    });
    out.finish()
}

/// What a tone is called; nothing where the legend does not say.
pub(super) fn name(legend: &Legend, tone: Tone) -> &str {
    legend.iter().find(|(one, _)| *one == tone).map_or("", |(_, name)| name)
}
