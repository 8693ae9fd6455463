//! What a form with files carries beside them: how far it is, and what went wrong on the way.

use crate::evidence::FILE_MAX;
use crate::reader::Reader;
use maud::{Markup, html};

impl Reader {
    /// Shown by the page's script, with words from here: while files are sent, when one is larger
    /// than `most` bytes, and when the network is gone.
    pub(crate) fn uploading(&self, most: usize) -> Markup {
        let megabytes = (most / (1024 * 1024)).to_string();
        html! {
            progress.up max="100" value="0" aria-label=(self.t("form-proof-files")) hidden {}
            div.errbox role="alert" tabindex="-1" hidden data-most=(most)
                data-large=(self.say("upload-too-large", &[("most", megabytes)]))
                data-lost=(self.t("upload-lost")) {}
        }
    }

    pub(crate) fn uploading_evidence(&self) -> Markup {
        self.uploading(FILE_MAX)
    }
}
