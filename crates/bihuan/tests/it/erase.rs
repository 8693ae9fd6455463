//! Erasing on the command line, and what goes out to an auditor.

use crate::office::{Dir, done, example, run};

#[test]
fn an_erasure_is_asked_approved_and_certified() {
    let dir = Dir::new();
    let data = dir.path("data");
    // The campaign of the examples, and one problem more that was not upheld.
    let text = std::fs::read_to_string(example("campaign.diary")).expect("the diary");
    let text = text.replace("../profiles/", &format!("{}/", example("../profiles")));
    let text = text.replace(" posts.csv", &format!(" {}", example("posts.csv")));
    let text = text.replace(" plan.txt", &format!(" {}", example("plan.txt")));
    let more = "2026-12-31 督查科科长 查摆 P32 窗口服务科 暗访 “张三反映材料多”\n\
        2026-12-31 督查科科长 查否 4 “张三撤回”\n";
    let diary = dir.path("diary.txt");
    std::fs::write(&diary, format!("{text}\n{more}")).expect("written");
    done(&["rehearse", &diary, "--data", &data]);
    let with = |args: &[&str]| {
        let args: Vec<&str> = args.iter().copied().chain(["--data", &data]).collect();
        run(&args)
    };
    let (status, out, _) = with(&["erase", "--due", "--dry-run"]);
    assert!(status == 0 && out.contains("0件") && out.contains("试运行"), "{out}");
    let (status, _, said) = with(&["erase", "matter/1", "--ground", "nonsense", "--reason", "x"]);
    assert!(status == 2 && said.contains("purpose-met"), "{said}");
    let ask =
        |subject: &str| with(&["erase", subject, "--ground", "unlawful", "--reason", "采集不当"]);
    // Of all matters, the first one that has ended.
    let mut approved = None;
    for no in 1..=8_u32 {
        let (status, out, said) = ask(&format!("matter/{no}"));
        if status != 0 {
            assert!(!said.is_empty(), "{out}");
            continue;
        }
        let request = out.split("删除申请").nth(1).and_then(|rest| rest.split('号').next());
        let request = request.expect("its number").to_owned();
        let (status, out, said) = with(&["erase", "approve", &request]);
        if status == 0 {
            assert!(out.contains("已执行"), "{out}");
            approved = Some((no, request));
            break;
        }
        assert!(said.contains("限制处理"), "{said}");
    }
    let (matter, request) = approved.expect("an ended matter in the diary");
    let (status, out, said) = with(&["verify", "--json"]);
    assert_eq!(status, 0, "{out}{said}");
    let verified: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert!(
        verified["keys_destroyed"].as_u64() > Some(0) && verified["erased"].as_u64() >= Some(3)
    );

    let file = dir.path("certificate.json");
    let export = ["export", "erasure-certificate", "--erasure", &request, "--out", &file];
    assert_eq!(with(&export).0, 0);
    let text = std::fs::read_to_string(&file).expect("a certificate");
    let certificate: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(certificate["subject"], format!("matter/{matter}"));
    assert_eq!(certificate["root"], certificate["verified_root"]);
    assert!(certificate["values_destroyed"].as_u64() > Some(1), "{text}");
    let (status, _, said) = with(&["export", "erasure-certificate", "--out", &file]);
    assert!(status == 2 && said.contains("--erasure"), "{said}");

    let shown = if matter == 1 { "2" } else { "1" };
    let file = dir.path("disclosure.json");
    let export = ["export", "disclosure", "--matter", shown, "--show", "/title", "--out", &file];
    assert_eq!(with(&export).0, 0);
    // No data directory is needed to check it.
    let out = done(&["verify", "--disclosure", &file]);
    assert!(out.contains("核验通过") && out.contains("/title"), "{out}");
    let spoilt = std::fs::read_to_string(&file).expect("a file").replacen("listed", "Listed", 1);
    std::fs::write(&file, spoilt).expect("written");
    let (status, _, said) = run(&["verify", "--disclosure", &file]);
    assert!(status == 1 && !said.contains('⟦'), "{said}");
}
