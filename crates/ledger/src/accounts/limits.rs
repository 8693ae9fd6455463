//! The figures of accounts and sessions, each with where it comes from.

use std::thread;

use argon2::Params;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long things last and how often they may be tried.
#[derive(Clone, Debug)]
pub struct Limits {
    /// A session ends so long after its last request. 30 minutes: the bureau's own figure; ASVS
    /// 5.0 V7.3.1 wants one that is written down, MLPS 2.0 (GB/T 22239-2019) 8.1.4.1 b wants
    /// that idle sessions end by themselves.
    pub idle_ms: i64,
    /// A session ends so long after the sign-in, used or not. 12 hours: our figure;
    /// ASVS 5.0 V7.3.2 wants one, NIST SP 800-63B-4 allows 24 hours at its second level.
    pub session_ms: i64,
    /// How often the last request of a session, and the last use of a token, is written down. A
    /// restart may therefore end an idle session so much sooner. Our figure.
    pub seen_every_ms: i64,
    /// How many sessions one person may have; the one longest unused ends. Our figure; ASVS 5.0
    /// V7.1.2 wants one.
    pub sessions_per_person: usize,
    /// How often we look whether another process has changed the file. Our figure.
    pub look_every_ms: i64,

    /// A one-time link is good for so long. 72 hours: over a weekend. Our figure; ASVS 5.0
    /// V6.4.1 wants a short life.
    pub link_ms: i64,
    /// The longest life of an API token. One year: our figure.
    pub token_days: u32,

    /// The shortest password, in characters. 12: ASVS 5.0 V6.2.1 wants 8 and advises 15.
    pub password_shortest: usize,
    /// The longest password, in characters. ASVS 5.0 V6.2.9 wants at least 64.
    pub password_longest: usize,

    /// So many failures in a row of one login from one source, then it has to wait. 5: MLPS 2.0
    /// 8.1.4.1 b wants a limit and names none; 5 is our figure.
    pub failures: u32,
    /// So many failures in a row of one login from anywhere. 100: NIST SP 800-63B-4 3.2.2.
    /// Far above `failures`, lest anybody could shut somebody else out (ASVS 5.0 V6.1.1).
    pub failures_anywhere: u32,
    /// The first wait; every further failure doubles it. 15 minutes: our figure.
    pub first_wait_ms: i64,
    /// The longest wait. 1 hour: NIST SP 800-63B-4 3.2.2.
    pub longest_wait_ms: i64,
    /// Failures are forgotten so long after the latest one. Our figure.
    pub failures_kept_ms: i64,

    /// Tries per minute of one login from one source. Our figure.
    pub login_per_minute: u32,
    /// Tries per minute from one source. A whole bureau may stand behind one address, and comes
    /// at half past eight. Our figure.
    pub source_per_minute: u32,
    /// Tries per minute in all: about what one core can hash. Our figure.
    pub all_per_minute: u32,

    /// Passwords hashed at the same time; others wait. As many as there are cores.
    pub hashing: usize,
    /// What a password hash costs.
    pub cost: Cost,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            idle_ms: 30 * MINUTE_MS,
            session_ms: 12 * HOUR_MS,
            seen_every_ms: MINUTE_MS,
            sessions_per_person: 10,
            look_every_ms: 1000,
            link_ms: 72 * HOUR_MS,
            token_days: 366,
            password_shortest: 12,
            password_longest: 128,
            failures: 5,
            failures_anywhere: 100,
            first_wait_ms: 15 * MINUTE_MS,
            longest_wait_ms: HOUR_MS,
            failures_kept_ms: 24 * HOUR_MS,
            login_per_minute: 10,
            source_per_minute: 120,
            all_per_minute: 1200,
            hashing: thread::available_parallelism().map_or(1, usize::from),
            cost: Cost::default(),
        }
    }
}

impl Limits {
    /// How long a login waits after `count` failures in a row, when it may fail `allowed` times.
    pub(super) fn wait_ms(&self, count: u32, allowed: u32) -> i64 {
        let Some(beyond) = count.checked_sub(allowed.max(1)) else { return 0 };
        let factor = 1_i64.checked_shl(beyond.min(32)).unwrap_or(i64::MAX);
        self.first_wait_ms.saturating_mul(factor).min(self.longest_wait_ms)
    }
}

/// Memory, passes and lanes of Argon2id (RFC 9106). A password hashed at another cost is hashed
/// anew when its owner signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Cost {
    /// 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet, ASVS 5.0 appendix C.
    fn default() -> Cost {
        Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

impl Cost {
    /// `None` when Argon2 does not allow these figures.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Option<Cost> {
        let cost = Cost { memory_kib, passes, lanes };
        Params::new(memory_kib, passes, lanes, None).is_ok().then_some(cost)
    }

    pub(super) fn params(self) -> Params {
        // `new` and `default` let only allowed figures in.
        Params::new(self.memory_kib, self.passes, self.lanes, None).unwrap_or_default()
    }
}
