//! The register by itself, in the size of a province: no log, no disk.

use rules::{
    ids::MatterId,
    record::{Entry, Moment, Now, Register, Stream, decide},
};

use crate::{
    Figure, Report,
    common::office::{Act, TURNS, founding, life, today},
    own_cpu_ns, resident,
};

/// Matters whose entries are in memory at a time: few, since memory that they gave back to the
/// allocator is taken for the register and does not show.
const PORTION: u32 = 500;

/// Folds the lives of `matters` matters and says how fast, and how much memory they take.
pub(crate) fn measure(matters: u32, report: &Report) {
    // What the making of entries leaves in the allocator's hands is there before and after.
    drop(portion(PORTION.min(matters)));
    let (mut register, _) = portion(0);
    let memory = resident();
    let (mut folded, mut events) = (0, 0);
    let mut done = 0;
    while done < matters {
        let count = PORTION.min(matters - done);
        // Made anew each time, so that no two matters share their texts.
        let (_, mut entries) = portion(count);
        for entry in &mut entries {
            if let Stream::Matter(MatterId(number)) = &mut entry.stream {
                *number += done;
            }
        }
        let begun = own_cpu_ns();
        for entry in &entries {
            register.apply(entry).unwrap();
        }
        folded += own_cpu_ns() - begun;
        events += entries.len() as u64;
        done += count;
    }
    let grown = resident().saturating_sub(memory) as f64 / f64::from(matters);
    assert_eq!(register.next_matter().0, matters + 1);
    let say = |what: &str, value, unit, limit| {
        let name = format!("register_{what}_{matters}");
        report.say(&Figure { name: &name, value, unit, n: events, limit, peer: None });
    };
    say("fold_rate", events as f64 / (folded as f64 / 1e9), "per_cpu_s", Some(150_000.0));
    say("memory_per_matter", grown, "bytes", Some(2048.0));
}

/// An office just founded, and the entries of so many matters as `decide` makes them there.
fn portion(matters: u32) -> (Register, Vec<Entry>) {
    let mut register = Register::default();
    for act in founding() {
        take(&mut register, &act);
    }
    let office = register.clone();
    let mut entries = Vec::new();
    for turn in 0..TURNS {
        for matter in 1..=matters {
            entries.extend(take(&mut register, &life(matter, turn)));
        }
    }
    (office, entries)
}

fn take(register: &mut Register, act: &Act) -> Vec<Entry> {
    let now = Now { by: act.by, today: today(), at: Moment(0) };
    let deeds = decide(register, &act.command, &now).unwrap();
    let entry = |deed: rules::record::Deed| Entry {
        seq: 0,
        at: now.at,
        by: now.by,
        stream: deed.stream,
        n: 0,
        event: deed.event,
    };
    let entries: Vec<Entry> = deeds.into_iter().map(entry).collect();
    for entry in &entries {
        register.apply(entry).unwrap();
    }
    entries
}
