//! Rule: packages import one another only along the arrows of ARCHITECTURE.md.

use super::Finding;
use serde_json::Value;
use std::collections::BTreeMap;

/// Which package may import which at run time. A package that is not here may not exist.
const ALLOWED: &[(&str, &[&str])] = &[
    ("bihuan-words", &[]),
    ("bihuan-rules", &[]),
    ("bihuan-ledger", &["bihuan-rules"]),
    ("bihuan-intake", &["bihuan-rules"]),
    ("bihuan-papers", &["bihuan-rules", "bihuan-words"]),
    ("bihuan-rehearsal", &["bihuan-intake", "bihuan-ledger", "bihuan-rules", "bihuan-words"]),
    (
        "bihuan-web",
        &["bihuan-intake", "bihuan-ledger", "bihuan-papers", "bihuan-rules", "bihuan-words"],
    ),
    (
        "bihuan",
        &[
            "bihuan-intake",
            "bihuan-ledger",
            "bihuan-papers",
            "bihuan-rehearsal",
            "bihuan-rules",
            "bihuan-web",
            "bihuan-words",
        ],
    ),
    ("bihuan-journeys", &[]),
    ("xtask", &[]),
];
/// Packages that only developers run.
const NEVER_SHIPPED: &[&str] = &["bihuan-journeys", "xtask"];

/// The workspace's packages and, for each, the packages of the workspace that it imports.
/// Imports for tests alone are left out.
pub(super) struct Arrows(BTreeMap<String, Vec<String>>);

impl Arrows {
    /// Reads them from the answer of `cargo metadata --no-deps`.
    pub(super) fn of(metadata: &Value) -> Arrows {
        let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
        let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
        let ours: Vec<String> = packages.iter().map(name).collect();
        let imports = |package: &Value| {
            let all = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
            let kept = all.iter().filter(|one| one["kind"].as_str() != Some("dev")).map(name);
            kept.filter(|one| ours.contains(one)).collect()
        };
        Arrows(packages.iter().map(|package| (name(package), imports(package))).collect())
    }

    /// How many packages stand on the longest way from the top to the bottom.
    pub(super) fn depth(&self) -> usize {
        self.0.keys().map(|name| self.depth_below(name, self.0.len())).max().unwrap_or(0)
    }

    fn depth_below(&self, name: &str, left: usize) -> usize {
        // Cargo refuses circles; `left` keeps a made-up one from running for ever.
        if left == 0 {
            return 0;
        }
        let below = self.0.get(name).into_iter().flatten();
        1 + below.map(|one| self.depth_below(one, left - 1)).max().unwrap_or(0)
    }

    /// Imports inside the workspace and packages, without those that are never shipped.
    pub(super) fn count(&self) -> (usize, usize) {
        let shipped = || self.0.iter().filter(|(name, _)| !NEVER_SHIPPED.contains(&name.as_str()));
        (shipped().map(|(_, imports)| imports.len()).sum(), shipped().count())
    }
}

pub(super) fn check(arrows: &Arrows) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, imports) in &arrows.0 {
        let folder = name.strip_prefix("bihuan-").unwrap_or(name);
        let place = if name == "xtask" { "xtask".to_owned() } else { format!("crates/{folder}") };
        let finding = |what| Finding { path: format!("{place}/Cargo.toml"), line: 1, what };
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| known == name) else {
            found.push(finding(format!("package {name} has no line in the table of arrows")));
            continue;
        };
        for import in imports.iter().filter(|one| !allowed.contains(&one.as_str())) {
            found.push(finding(format!("{name} must not import {import}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn planted() -> Arrows {
        Arrows::of(&json!({"packages": [
            {"name": "bihuan-words", "dependencies": []},
            {"name": "bihuan-rules", "dependencies": [
                {"name": "serde", "kind": null},
                {"name": "bihuan-words", "kind": "dev"},
                {"name": "bihuan-ledger", "kind": null}]},
            {"name": "bihuan-ledger", "dependencies": []},
            {"name": "bihuan-utils", "dependencies": []},
        ]}))
    }

    #[test]
    fn a_forbidden_arrow_and_an_unknown_package_are_found() {
        let found: Vec<String> = check(&planted()).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "crates/rules/Cargo.toml:1: bihuan-rules must not import bihuan-ledger",
                "crates/utils/Cargo.toml:1: package bihuan-utils has no line in the table of arrows",
            ]
        );
    }

    #[test]
    fn depth_counts_packages_on_the_longest_way() {
        assert_eq!(planted().depth(), 2);
        assert_eq!(planted().count(), (1, 4));
    }
}
