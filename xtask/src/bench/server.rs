//! The real program as a child process, watched from outside.

use super::http::Client;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// One tick of `/proc/PID/stat`. Linux shows 100 of them a second to every program.
const TICK_MS: f64 = 10.0;

/// A started server; it is killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) at: SocketAddr,
    /// From the start of the process to its first page.
    pub(crate) first_page: Duration,
    /// Kept open, since a program without an output ends.
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the program on a free port and waits for its first page.
    ///
    /// # Errors
    /// A sentence when it does not start or its first page is none.
    pub(crate) fn start(program: &Path, data: &Path, first: &[u8]) -> Result<Server, String> {
        let begun = Instant::now();
        let child = Command::new(program)
            .args(["--lang", "en", "serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.map_err(|error| format!("cannot start the program: {error}"))?;
        let Some(out) = child.stdout.take() else { return Err("it has no output".to_owned()) };
        let mut out = BufReader::new(out);
        let at = match address(&mut out) {
            Ok(at) => at,
            Err(why) => {
                // It has ended already, or is of no use.
                let _killed = child.kill();
                return Err(why);
            }
        };
        let mut server = Server { child, at, first_page: Duration::ZERO, _out: out };
        let status = Client::connect(at)?.ask(first)?.status;
        if status != 200 {
            return Err(format!("the first page was answered with {status}"));
        }
        server.first_page = begun.elapsed();
        Ok(server)
    }

    /// CPU time so far, in milliseconds to the nearest ten, those of its ended threads included.
    pub(crate) fn cpu_ms(&self) -> Result<f64, String> {
        let text = self.proc("stat")?;
        // The name in brackets may hold anything, so it is skipped from the right.
        let fields = text.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        let ticks = fields.split_whitespace().skip(11).take(2);
        ticks
            .map(|field| field.parse::<f64>().map(|ticks| ticks * TICK_MS))
            .sum::<Result<f64, _>>()
            .map_err(|error| format!("cannot read the CPU time: {error}"))
    }

    /// Memory in use, in MiB.
    pub(crate) fn memory_mib(&self) -> Result<f64, String> {
        let text = self.proc("status")?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        kib.map(|kib| kib / 1024.0).ok_or_else(|| "cannot read the memory".to_owned())
    }

    /// Waits until it has nothing more to do by itself: the day begins after the start.
    ///
    /// # Errors
    /// A sentence when it is still at work after a minute.
    pub(crate) fn come_to_rest(&self) -> Result<(), String> {
        for _ in 0..300 {
            let before = self.cpu_ms()?;
            std::thread::sleep(Duration::from_millis(200));
            if self.cpu_ms()? - before < 2.0 * TICK_MS {
                return Ok(());
            }
        }
        Err("the server does not come to rest".to_owned())
    }

    fn proc(&self, name: &str) -> Result<String, String> {
        let path = format!("/proc/{}/{name}", self.child.id());
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {path}: {error}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // All that matters is on the disk; a server that has ended already cannot be killed.
        let _killed = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// The address in the line that says that it serves.
fn address(out: &mut impl BufRead) -> Result<SocketAddr, String> {
    for line in out.lines() {
        let line = line.map_err(|error| format!("cannot read what the program says: {error}"))?;
        let rest = line.split_once("http://").map(|(_, rest)| rest);
        let at = rest.and_then(|rest| rest.split([' ', '/', ',']).next()?.parse().ok());
        if let Some(at) = at {
            return Ok(at);
        }
    }
    Err("the program ended without serving".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_read_from_what_the_program_says() {
        let said = "First link: /welcome/x\nServing at http://127.0.0.1:8700\n";
        assert_eq!(address(&mut said.as_bytes()), Ok("127.0.0.1:8700".parse().unwrap()));
        assert!(address(&mut "nothing\n".as_bytes()).is_err());
    }
}
