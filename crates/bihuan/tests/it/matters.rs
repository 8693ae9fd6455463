//! A ledger of problems on the command line: good rows go in, each bad one is named by its place.

use crate::office::{Dir, done, example, run};

const LEDGER: &str = "整改台账\n问题描述,问题类别,责任科室,来源,完成时限\n\
    排队过长,窗口服务差,社会保险科,自查,长期\n\
    一次没说清,窗口服务差,养老保科,自查,长期\n\
    材料重复要,窗口服务差,信访科,12345热线,2199-02-30\n";

#[test]
fn a_ledger_of_problems_goes_in() {
    let dir = Dir::new();
    let (data, file) = (dir.path("data"), dir.path("台账.csv"));
    std::fs::write(&file, LEDGER).expect("a file");
    done(&["import", "posts", &example("posts.csv"), "--data", &data, "--lang", "zh"]);
    let import = |more: &[&str]| {
        let words = ["import", "matters", &file, "--data", &data, "--lang", "zh"];
        run(&[&words, more].concat())
    };
    let (status, out, _) = import(&["--dry-run"]);
    assert_eq!(status, 1, "{out}");
    for said in [
        "台账.csv：第4行“责任科室”列：没有“养老保科”这个单位",
        "台账.csv：第5行“完成时限”列：“2199-02-30”不对，2月没有30日",
        "试读：1 行可以导入，2 行有问题，0 行是台账里已有的；没有写入",
    ] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    let (status, out, _) = import(&[]);
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("已导入 1 行，2 行有问题") && out.contains("写入 1 条记录"), "{out}");
    // Again: it is there, and the others are still bad.
    let (_, out, _) = import(&[]);
    assert!(out.contains("已导入 0 行，3 行有问题"), "{out}");
    // An export of our own has nothing new.
    let book = dir.path("out.xlsx");
    done(&["export", "ledger", "--out", &book, "--data", &data]);
    let out = done(&["import", "matters", &book, "--data", &data, "--lang", "zh"]);
    assert!(out.contains("已导入 0 行，0 行有问题没有导入或没有办完，1 行是台账里已有的"), "{out}");
    done(&["verify", "--data", &data]);
}

#[test]
fn a_table_without_the_columns_is_refused() {
    let dir = Dir::new();
    let (data, file) = (dir.path("data"), dir.path("表.csv"));
    std::fs::write(&file, "标题,备注\n甲,乙\n").expect("a file");
    done(&["import", "posts", &example("posts.csv"), "--data", &data]);
    let import = |more: &[&str]| {
        let words = ["import", "matters", &file, "--data", &data, "--lang", "en"];
        run(&[&words, more].concat())
    };
    let (status, _, error) = import(&[]);
    assert_eq!(status, 2);
    assert!(error.contains("No column is: Kind of problem, Unit concerned"), "{error}");
    assert_eq!(import(&["--source", "道听途说"]).0, 2, "a word that is not known");
    let given = ["--source", "自查", "--unit", "信访科", "--problem", "P32"];
    assert_eq!(import(&given), (0, done_words(), String::new()));
}

fn done_words() -> String {
    "1 rows imported, 0 with a fault not imported or not finished, 0 in the ledger already; \
     1 entries written.\n"
        .to_owned()
}
