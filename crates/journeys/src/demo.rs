//! The program under test, run as its users run it: a process that listens.

use crate::{Folder, Outcome, build_folder};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

/// The day on which the invented city stands in the middle of its campaign, and its seed: the
/// journeys know what they will find.
const WORDS: &[&str] =
    &["serve", "--demo", "--seed", "1", "--today", "2026-11-23", "--listen", "127.0.0.1:0"];

/// Where the data of a demonstration are kept, among the words.
const KEPT: &[&str] = &["--data", "data"];

/// The development build invents the city on one core.
const START_LIMIT: Duration = Duration::from_mins(3);

/// A served program, on a free port, with data that vanish with this value.
#[derive(Debug)]
pub struct Demo {
    child: Child,
    url: String,
    folder: Folder,
    /// What it printed before it said where it listens.
    printed: Vec<String>,
}

impl Demo {
    /// Starts `bihuan serve --demo` and waits until it says where it listens.
    /// The program is `BIHUAN_BIN`, else the one that cargo has built beside this test.
    ///
    /// # Errors
    /// A sentence with what the program said when it cannot be started or ends at once.
    pub fn start() -> Outcome<Demo> {
        let words = [WORDS, KEPT].concat();
        Demo::start_program(&program()?, &words, Folder::new("demo")?)
    }

    /// The same with data that the program itself throws away: such a demonstration can be ended
    /// from its pages. The office's own data then begin in the same folder, empty.
    ///
    /// # Errors
    /// As [`Demo::start`].
    pub fn start_to_end() -> Outcome<Demo> {
        Demo::start_program(&program()?, WORDS, Folder::new("demo")?)
    }

    /// Starts a real office on its first day: a staff list is read in and the program is served, as
    /// [`Demo::start`] does, but with nobody who has an account yet.
    ///
    /// # Errors
    /// Those of [`Demo::start`], and what the program said when it does not take the staff list.
    pub fn office(posts: &Path) -> Outcome<Demo> {
        let (program, folder) = (program()?, Folder::new("office")?);
        let read = Command::new(&program)
            .args(["import", "posts"])
            .arg(posts)
            .arg("--data")
            .arg(folder.path().join("data"))
            .output()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        if !read.status.success() {
            return Err(format!("import posts: {}", String::from_utf8_lossy(&read.stderr)));
        }
        let words = [&["serve", "--listen", "127.0.0.1:0"], KEPT].concat();
        Demo::start_program(&program, &words, folder)
    }

    fn start_program(program: &Path, words: &[&str], folder: Folder) -> Outcome<Demo> {
        let trouble = |error: std::io::Error| format!("{}: {error}", program.display());
        let mut child = Command::new(program)
            .args(words)
            .current_dir(folder.path())
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join("stderr.txt")).map_err(trouble)?)
            .spawn()
            .map_err(trouble)?;
        let out = child.stdout.take();
        let mut demo = Demo { child, url: String::new(), folder, printed: Vec::new() };
        let (told, heard) = channel();
        std::thread::spawn(move || out.map(|out| listen(out, &told)));
        match heard.recv_timeout(START_LIMIT) {
            Ok((url, printed)) => (demo.url, demo.printed) = (url, printed),
            Err(why) => return Err(demo.trouble(program, words, &why.to_string())),
        }
        Ok(demo)
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder that the server was started in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The lines that it printed before it said where it listens.
    pub fn printed(&self) -> &[String] {
        &self.printed
    }

    /// What the server has written to its standard error so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("stderr.txt")).unwrap_or_default()
    }

    fn trouble(&mut self, program: &Path, words: &[&str], why: &str) -> String {
        let ended = match self.child.try_wait() {
            Ok(Some(status)) => status.to_string(),
            Ok(None) | Err(_) => "still running".to_owned(),
        };
        let typed = format!("{} {}", program.display(), words.join(" "));
        format!("`{typed}` did not say where it listens ({why}; {ended}):\n{}", self.said())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself; its data are thrown away in any case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Outcome<PathBuf> {
    if let Some(told) = std::env::var_os("BIHUAN_BIN").filter(|told| !told.is_empty()) {
        // It is started in a folder of its own.
        return std::path::absolute(told).map_err(|error| error.to_string());
    }
    let own = std::env::current_exe().map_err(|error| format!("where am I? {error}"))?;
    let name = format!("bihuan{}", std::env::consts::EXE_SUFFIX);
    let built = own.ancestors().nth(2).map(|folder| folder.join(name));
    let built = built.filter(|path| path.is_file());
    built.ok_or_else(|| {
        let place = build_folder().unwrap_or_default();
        format!("no bihuan in {}: cargo build -p bihuan, or set BIHUAN_BIN", place.display())
    })
}

/// Tells the first address with the lines before it, and then reads on: a server whose output
/// nobody reads stands still.
fn listen(out: impl Read, told: &Sender<(String, Vec<String>)>) {
    let mut printed = Vec::new();
    for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        if let Some(url) = address(&line) {
            // The second address of a talkative server has no listener any more.
            let _ = told.send((url, std::mem::take(&mut printed)));
        }
        printed.push(line);
    }
}

/// The address alone; one with a path is a link that is handed out.
fn address(line: &str) -> Option<String> {
    let start = line.find("http://127.0.0.1:")?;
    let rest = line[start..].strip_prefix("http://127.0.0.1:")?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let after = rest[port.len()..].trim_start_matches('/');
    let is_alone = !after.starts_with(|next: char| next.is_ascii_alphanumeric());
    (!port.is_empty() && is_alone).then(|| format!("http://127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_any_sentence() {
        let found = address("打开 http://127.0.0.1:7090/ 就能看到").unwrap();
        assert_eq!(found, "http://127.0.0.1:7090");
        assert_eq!(address("http://127.0.0.1:/"), None);
        assert_eq!(address("http://127.0.0.1:7090/welcome/x"), None);
        assert_eq!(address("listening"), None);
    }

    #[test]
    fn a_program_that_ends_at_once_says_why() {
        let start =
            |name| Demo::start_program(Path::new(name), WORDS, Folder::new("test").unwrap());
        let why = start("/bin/false").unwrap_err();
        assert!(why.contains("did not say where it listens"), "{why}");
        assert!(start("no-such-program").is_err());
    }
}
