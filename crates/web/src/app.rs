//! What all handlers share.

use crate::api::key::Keys;
use crate::drafts::Drafts;
use ledger::accounts::Accounts;
use ledger::{Ledger, LedgerFault, NotDone, Receipt, Request};
use rules::calendar::Day;
use rules::ids::MatterId;
use rules::record::{By, Command, Moment, Stream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{oneshot, watch};

/// A clock, since nothing below the binary has one.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// Throws the demonstration away, takes the office's own data into service in its place, and says
/// where to go on; or says, in the reader's words, why that cannot be done.
pub type AfterDemo = Box<dyn Fn() -> Result<String, String> + Send + Sync>;

/// What a started server is told.
pub struct Options {
    pub clock: Clock,
    /// Anybody may act as any post: for demonstrations alone.
    pub demo: bool,
    /// The six told cases of the demonstration, by the code of their name.
    pub cases: Vec<(&'static str, MatterId)>,
    /// How a demonstration ends in earnest; none where its data are kept.
    pub after_demo: Option<AfterDemo>,
}

/// The served product.
pub struct App {
    pub(crate) ledger: Ledger,
    pub(crate) accounts: Accounts,
    pub(crate) clock: Clock,
    pub(crate) demo: bool,
    pub(crate) cases: Vec<(&'static str, MatterId)>,
    pub(crate) after_demo: Option<AfterDemo>,
    /// Things that are uploaded and not yet submitted.
    pub(crate) drafts: Mutex<Drafts>,
    /// What programs sent under which key.
    pub(crate) keys: Mutex<Keys>,
    /// The size of the log after each change, for pages that are open.
    pub(crate) news: watch::Sender<u64>,
}

/// A command on its way in.
pub(crate) struct Submission {
    /// The client's name for this request; a repeat gets the first receipt.
    pub(crate) id: String,
    pub(crate) by: By,
    pub(crate) command: Command,
    pub(crate) if_version: Option<(Stream, u64)>,
}

impl App {
    /// Takes an opened ledger and its accounts into service.
    pub fn new(ledger: Ledger, accounts: Accounts, options: Options) -> Arc<App> {
        let news = watch::Sender::new(ledger.tree_head().0);
        let Options { clock, demo, cases, after_demo } = options;
        let (drafts, keys) = (Mutex::default(), Mutex::default());
        if let Err(fault) = accounts.forget_erased(&ledger.now()) {
            tracing::error!(code = fault.code(), "accounts of erased people are left");
        }
        Arc::new(App { ledger, accounts, clock, demo, cases, after_demo, drafts, keys, news })
    }

    /// The ledger that is served.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Accounts and sessions beside it.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// Drafts are whole whatever panicked beside them: each change is one insertion or removal.
    pub(crate) fn drafts(&self) -> MutexGuard<'_, Drafts> {
        self.drafts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Moment {
        (self.clock)()
    }

    pub(crate) fn today(&self) -> Day {
        self.now().office_day()
    }

    /// Says that the log has grown, after somebody else than [`App::submit`] wrote to it.
    pub fn tell_news(&self) {
        self.news.send_replace(self.ledger.tree_head().0);
    }

    /// Hands a command in and waits, without holding a thread, until it is on the disk or refused.
    pub(crate) async fn submit(&self, submission: Submission) -> Result<Receipt, NotDone> {
        let Submission { id, by, command, if_version } = submission;
        let request = Request { id, by, today: self.today(), at: None, command, if_version };
        let (sender, receiver) = oneshot::channel();
        self.ledger.submit_with(request, move |answer| drop(sender.send(answer)));
        let answer = receiver.await.unwrap_or(Err(NotDone::Stopped));
        if answer.as_ref().is_ok_and(|receipt| receipt.count > 0) {
            self.tell_news();
        }
        answer
    }

    /// Carries out what erasures were approved: keys, the register in memory, accounts. Blocks.
    pub(crate) fn carry_out_erasures(&self) -> Result<(), LedgerFault> {
        self.ledger.settle_erasures()?;
        // What programs were answered may hold texts too.
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Keys::default();
        self.accounts.forget_erased(&self.ledger.now())
    }
}
