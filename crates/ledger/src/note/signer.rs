//! Who signs: a key of our own, or a program that holds one.

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::{KeyKind, NoteFault, Signature, SigningKey, VerifierKey};
use crate::{
    chance::{Chance, Dice},
    error::LedgerFault,
    files::file_fault,
};

/// How often it is looked whether a program has ended, and how many times: a module that has not
/// answered after ten seconds is out of order. They are counted, since there is no clock here.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: u32 = 1000;
/// The most bytes that a program may print: a signature has about a hundred.
const ANSWER_MAX: u64 = 8192;

/// One that signs notes.
#[derive(Clone, Debug)]
pub enum Signer {
    /// A key in this process. Of SM2 it is for trials: a certified module is another program.
    Builtin(SigningKey),
    /// A program that reads the message on its standard input and prints the signature in base64:
    /// the way to a signature server or a certified module. `key` says what it must verify with.
    Exec { key: VerifierKey, program: PathBuf, args: Vec<String> },
}

impl Signer {
    /// The key that verifies what it signs.
    pub fn verifier(&self) -> &VerifierKey {
        match self {
            Signer::Builtin(key) => key.verifier(),
            Signer::Exec { key, .. } => key,
        }
    }

    /// Signs a note's text at a time in seconds since 1970.
    pub fn sign(&self, text: &str, seconds: u64) -> Result<Signature, NoteFault> {
        match self {
            Signer::Builtin(key) => key.sign(text, seconds),
            Signer::Exec { key, program, args } => {
                let mut command = Command::new(program);
                command.args(args);
                let message = key.kind().message(text, seconds);
                let answered = ask(command, message.as_bytes());
                let failed = |detail| NoteFault::SignerFailed {
                    program: program.display().to_string(),
                    detail,
                };
                let raw = answered.map_err(failed)?;
                let bytes = key.kind().line(&raw, seconds);
                // What does not verify here would make the note worthless everywhere.
                key.verify(text, &bytes)?;
                Ok(Signature { name: key.name().to_owned(), id: key.id(), bytes })
            }
        }
    }
}

fn ask(mut command: Command, message: &[u8]) -> Result<Vec<u8>, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let answered = talk(&mut child, message);
    if answered.is_err() {
        // It may have ended by itself; either way nothing is left behind.
        drop(child.kill());
        drop(child.wait());
    }
    answered
}

fn talk(child: &mut Child, message: &[u8]) -> Result<Vec<u8>, String> {
    let why = |error: std::io::Error| error.to_string();
    if let Some(mut input) = child.stdin.take() {
        // A message is far smaller than the buffer of a pipe, so this does not wait for a reader.
        match input.write_all(message) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(why(error)),
            Ok(()) | Err(_) => {}
        }
    }
    let mut looks = 0;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(why)? {
            break status;
        }
        if looks == LOOKS {
            return Err(ErrorKind::TimedOut.to_string());
        }
        looks += 1;
        thread::sleep(LOOK);
    };
    if !status.success() {
        return Err(status.to_string());
    }
    let mut printed = String::new();
    if let Some(output) = child.stdout.take() {
        output.take(ANSWER_MAX).read_to_string(&mut printed).map_err(why)?;
    }
    STANDARD.decode(printed.trim()).map_err(|error| error.to_string())
}

/// The signing key in a file that only its owner reads; a new one when there is none yet. Two
/// processes that make it at the same time end with the same key.
pub fn read_or_make_key(
    path: &Path,
    name: &str,
    kind: KeyKind,
    chance: Chance,
) -> Result<SigningKey, LedgerFault> {
    if !path.exists() {
        let mut dice = Dice::new(chance, format!("signing key {name} {kind:?}"));
        let secret = Zeroizing::new(dice.draw::<32>()?);
        let key = SigningKey::new(name, kind, &secret)?;
        make(path, &key.secret_text()).map_err(file_fault(path))?;
    }
    let key = read_key(path)?;
    let found = key.verifier();
    if found.name() == name && found.kind() == kind {
        Ok(key)
    } else {
        Err(NoteFault::BadKey.into())
    }
}

/// The signing key in a file.
pub fn read_key(path: &Path) -> Result<SigningKey, LedgerFault> {
    let text = Zeroizing::new(fs::read_to_string(path).map_err(file_fault(path))?);
    Ok(SigningKey::parse(text.trim_end())?)
}

/// Puts a whole file there, or leaves the one that somebody else has put there meanwhile.
fn make(path: &Path, text: &str) -> std::io::Result<()> {
    let mut own = path.as_os_str().to_owned();
    own.push(format!(".{}", std::process::id()));
    let own = PathBuf::from(own);
    let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(&own)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    let linked = fs::hard_link(&own, path);
    fs::remove_file(&own)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    fs::File::open(dir)?.sync_all()
}
