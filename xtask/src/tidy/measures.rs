//! Figures of the house: printed, never failing. The aims stand in STYLE.md.

use super::Tree;
use super::arrows::Arrows;

pub(super) fn lines(tree: &Tree, arrows: &Arrows) -> Vec<String> {
    let (imports, packages) = arrows.count();
    let house = House::of(tree);
    vec![
        format!("depth of packages        {:>6}    aim: at most 4", arrows.depth()),
        format!("imports per package      {:>6}    aim: at most 2", ratio(imports, packages)),
        format!("median file, lines       {:>6}    aim: about 150", house.median),
        format!(
            "tests per 1,000 lines    {:>6}    aim: at least 10",
            ratio(house.tests * 1000, house.lines)
        ),
        format!(
            "where per 1,000 lines    {:>6}    aim: below 1",
            ratio(house.wheres * 1000, house.lines)
        ),
        format!("Rust, lines in files     {:>6}    in {} files", house.lines, house.files),
    ]
}

struct House {
    files: usize,
    lines: usize,
    median: usize,
    tests: usize,
    wheres: usize,
}

impl House {
    fn of(tree: &Tree) -> House {
        let mut lengths: Vec<usize> =
            tree.rust().map(|(file, _)| file.text.lines().count()).collect();
        lengths.sort_unstable();
        let code = || tree.rust().flat_map(|(_, rust)| rust.code.lines()).map(str::trim);
        House {
            files: lengths.len(),
            lines: lengths.iter().sum(),
            median: lengths.get(lengths.len() / 2).copied().unwrap_or(0),
            tests: code().filter(|line| *line == "#[test]").count(),
            wheres: code().filter(|line| *line == "where" || line.starts_with("where ")).count(),
        }
    }
}

/// `a` / `b` with one decimal, in whole numbers.
fn ratio(a: usize, b: usize) -> String {
    if b == 0 {
        return "-".to_owned();
    }
    let tenths = (a * 10 + b / 2) / b;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_counted() {
        let tree = Tree::of(&[
            ("crates/a/src/lib.rs", "#[test]\nfn a() {}\nfn b<T>()\nwhere\n    T: Copy,\n{\n}\n"),
            ("crates/a/src/b.rs", "// where\n"),
            ("README.md", "# where\n"),
        ]);
        let house = House::of(&tree);
        assert_eq!((house.files, house.lines, house.median), (2, 8, 7));
        assert_eq!((house.tests, house.wheres), (1, 1));
        assert_eq!((ratio(7, 4), ratio(1, 0)), ("1.8".to_owned(), "-".to_owned()));
    }
}
