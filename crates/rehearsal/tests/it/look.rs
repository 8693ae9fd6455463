use super::demo::*;
#[test]
fn look() {
    let dir = crate::Dir::new();
    let (ledger, demo) = filled(&dir, 1, "2026-11-25");
    eprintln!("{demo:?} {:?}", counts(&ledger, day("2026-11-25")));
    let r = ledger.now();
    for (id, m) in r.matters() {
        let owner = m.owner().and_then(|p| r.office().post(p)).and_then(|p| p.name.text());
        eprintln!(
            "{id} {} {} {} {:?} {} {:?}",
            m.problem,
            m.listed_on,
            m.title.text().unwrap(),
            owner,
            m.stage.code(),
            m.duty().map(|d| (d.term.due().to_string(), d.percent, d.term.missed))
        );
    }
    for (id, s) in r.slips() {
        eprintln!("slip {id} {:?} {} {:?} {}", s.grade, s.drafted_on, s.stage, s.lines.len());
    }
    for id in [1u32, 20, demo.cases[0].1.0, demo.cases[2].1.0, demo.cases[4].1.0] {
        for e in ledger.history(rules::record::Stream::Matter(rules::ids::MatterId(id))).unwrap() {
            let t = e.told.unwrap();
            eprintln!("  {id} {} {} {} {:?}", e.log_time, t.entry.at, t.kind, t.entry.by);
        }
    }
}
