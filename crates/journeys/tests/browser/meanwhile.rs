//! Several at once, and files: nothing that was typed is lost, and what is wrong is said.

use crate::Journey;
use crate::after::owner_of;
use crate::walks::{OFFICE, send, unfold};
use journeys::{Folder, Outcome, Page, Screen, World};

pub(crate) const JOURNEYS: &[(&str, Journey)] =
    &[("two_at_once", two_at_once), ("files_as_evidence", files_as_evidence)];

fn value(page: &Page, id: &str) -> Outcome<String> {
    let held = page.eval(&format!("document.getElementById('{id}').value"))?;
    Ok(held.as_str().unwrap_or_default().to_owned())
}

fn type_progress(page: &Page, note: &str) -> Outcome {
    unfold(page, "command-progress")?;
    page.fill("#command-progress-percent", "55")?;
    page.fill("#command-progress-note", note)
}

/// The second to send is told that things have changed, keeps what was typed and sends again. When
/// the step itself is gone, the words are still there to be copied.
fn two_at_once(world: &World<'_>) -> Outcome {
    let query = "stage=stage-rectifying&sort=number";
    let (post, first, matter) = owner_of(world, query, "command-progress")?;
    let second = world.sign_in(post, Screen::PHONE)?;
    first.open(&matter)?;
    second.open(&matter)?;
    type_progress(&first, "甲写的进展")?;
    type_progress(&second, "乙写的进展")?;
    send(&first, "command-progress")?;
    second.follow("#command-progress button[type=submit]")?;
    second.wait_for_text("情况已有变化")?;
    assert_eq!(value(&second, "command-progress-note")?, "乙写的进展");
    assert_eq!(value(&second, "command-progress-percent")?, "55");
    assert_eq!(second.axe()?, Vec::<String>::new());
    send(&second, "command-progress")?;
    for note in ["甲写的进展", "乙写的进展"] {
        second.wait_for_text(note)?;
    }

    type_progress(&first, "丙写的进展")?;
    let office = world.sign_in(OFFICE, Screen::DESK)?;
    office.open(&matter)?;
    office.click("details.more summary")?;
    unfold(&office, "command-transfer")?;
    let other =
        office.eval("[...document.getElementById('command-transfer-to').options].pop().value")?;
    office.select("#command-transfer-to", other.as_str().unwrap_or_default())?;
    office.fill("#command-transfer-reason", "案件由该岗位经办")?;
    send(&office, "command-transfer")?;
    first.follow("#command-progress button[type=submit]")?;
    assert_eq!(first.status(), Some(422));
    first.wait_for("#next .errbox")?;
    assert!(first.text("#next")?.contains("丙写的进展"), "{}", first.text("#next")?);
    assert_eq!(first.axe()?, Vec::<String>::new());
    Ok(())
}

/// Notes in the browser's memory whether the bar of the upload was shown: the page itself is gone
/// when the upload has ended.
const WATCH: &str = "sessionStorage.removeItem('bar');
    new MutationObserver(() => sessionStorage.setItem('bar', 'shown'))
      .observe(document.querySelector('#command-report-done progress'), {attributes: true})";

/// A file that is no evidence, one that is too large, and one that is right.
fn files_as_evidence(world: &World<'_>) -> Outcome {
    let folder = Folder::new("evidence")?;
    let file = |name: &str, bytes: &[u8], length: usize| {
        let path = folder.path().join(name);
        let mut bytes = bytes.to_vec();
        bytes.resize(length, b' ');
        std::fs::write(&path, bytes).map_err(|error| format!("{name}: {error}"))?;
        Ok::<_, String>(path)
    };
    let query = "stage=stage-rectifying&remedy=remedy-within&sort=number&desc=1";
    let (_, page, matter) = owner_of(world, query, "command-report-done")?;
    page.open(&matter)?;
    unfold(&page, "command-report-done")?;
    page.fill("#command-report-done-note", "都办完了")?;
    let (field, button) =
        ("#command-report-done-files", "#command-report-done button[type=submit]");
    page.upload(field, &file("清单.pdf", b"MZ no pdf", 2_000_000)?)?;
    page.click(button)?;
    page.wait_for_text("内容和扩展名对不上")?;
    page.expect_fault("422 for")?;
    assert_eq!(value(&page, "command-report-done-note")?, "都办完了");

    page.upload(field, &file("录像.pdf", b"%PDF-1.7", 21 << 20)?)?;
    page.click(button)?;
    page.wait_for_text("选的文件太大")?;
    assert_eq!(page.axe()?, Vec::<String>::new());
    assert_eq!(value(&page, "command-report-done-note")?, "都办完了");

    let right = [b"%PDF-1.7 ", "抽查记录".as_bytes()].concat();
    page.upload(field, &file("抽查记录.pdf", &right, 3_000_000)?)?;
    page.offline(true)?;
    page.click(button)?;
    page.wait_for_text("没有传上去")?;
    page.offline(false)?;
    page.expect_fault("failed load")?;
    assert_eq!(value(&page, "command-report-done-note")?, "都办完了");
    page.eval(WATCH)?;
    page.follow(button)?;
    page.wait_for(".flash")?;
    assert_eq!(page.eval("sessionStorage.getItem('bar')")?, "shown", "no progress was shown");
    assert!(page.text(".tl li")?.contains("抽查记录.pdf"), "{}", page.text(".tl li")?);
    let (name, bytes) = page.download(".files a")?;
    assert_eq!((name.as_str(), bytes.len()), ("抽查记录.pdf", 3_000_000));
    assert!(bytes.starts_with(&right));
    Ok(())
}
