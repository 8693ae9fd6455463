//! axe-core, which looks for faults of accessibility as a machine can see them.

use crate::{Outcome, Page};

/// axe-core 4.14.1 as Deque publishes it (MPL-2.0, beside the file); a test checks its hash.
pub const AXE: &str = include_str!("../tests/vendor/axe-core/axe.min.js");

/// The rules: WCAG 2.2 to level AA, and what axe calls good practice. Style sheets are not fetched
/// again: the page's own policy might forbid it, and no rule that is run needs it.
const RUN: &str = r"axe.run(document, {preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',
'wcag21aa', 'wcag22aa', 'best-practice']}).then(found => found.violations.map(v =>
`${v.id} [${v.impact}] ${v.help}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | ')}`))";

impl Page {
    /// The faults that axe finds in the page as it stands: rule, weight, and up to three places.
    /// Goes in through `DevTools`, so that the page keeps its strict policy.
    ///
    /// # Errors
    /// A sentence when axe itself fails.
    pub fn axe(&self) -> Outcome<Vec<String>> {
        // From the top: whatever a bar half covers while one scrolls is no small target.
        self.eval(&format!("scrollTo({{top: 0, behavior: 'instant'}}); {AXE};0"))?;
        let found = self.eval(RUN)?;
        let lines = found.as_array().ok_or_else(|| format!("axe answered {found}"))?;
        Ok(lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};
    use std::path::Path;

    const SUMS: &str = include_str!("../tests/vendor/axe-core/SHA256SUMS");

    fn sum(bytes: &[u8]) -> String {
        Sha256::digest(bytes).iter().fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"))
    }

    #[test]
    fn what_others_wrote_is_as_they_published_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vendor/axe-core");
        assert_eq!(SUMS.lines().count(), 3);
        for line in SUMS.lines() {
            let (expected, name) = line.split_once("  ").unwrap();
            assert_eq!(sum(&std::fs::read(folder.join(name)).unwrap()), expected, "{name}");
        }
        assert!(SUMS.contains(&sum(AXE.as_bytes())));
        assert!(AXE.starts_with("/*! axe v4.14.1"));
    }
}
