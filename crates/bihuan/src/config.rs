//! Configuration: a file, then the environment, then the command line, later ones winning. Read
//! once at the start; nothing below the binary asks for it.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What may stand in `bihuan.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The directory of the ledger. `BIHUAN_DATA`; by default `data`.
    pub(crate) data: Option<PathBuf>,
    /// `zh` or `en`. `BIHUAN_LANG`; by default the locale's.
    pub(crate) lang: Option<String>,
    /// What is logged: `error`, `warn`, `info`, `debug`, or a filter of `tracing`. `BIHUAN_LOG`.
    pub(crate) log: Option<String>,
    /// `text` or `json`. `BIHUAN_LOG_FORMAT`.
    pub(crate) log_format: Option<String>,
    /// Whether checkpoints are signed with a key of SM2 in this process too: for trials.
    #[serde(default)]
    pub(crate) sm2: bool,
    /// Programs that sign checkpoints: certified modules, signature servers.
    #[serde(default)]
    pub(crate) signers: Vec<Program>,
}

/// A program that gets what is to be signed on its standard input and prints the signature in
/// base64.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Program {
    /// The key that verifies what it signs: name+id+base64.
    pub(crate) key: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
    #[serde(default)]
    pub(crate) args: Vec<String>,
}

/// A configuration file that cannot be used: which, and why.
pub(crate) struct BadConfig {
    pub(crate) file: PathBuf,
    pub(crate) why: String,
}

const FILE: &str = "bihuan.toml";

impl Config {
    /// Reads `file`, or `bihuan.toml` where there is one, and lets the environment override it.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self, BadConfig> {
        let default = Path::new(FILE);
        let mut config = match file {
            Some(file) => Self::from_file(file)?,
            None if default.exists() => Self::from_file(default)?,
            None => Self::default(),
        };
        let from_env = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        config.data = from_env("BIHUAN_DATA").map(PathBuf::from).or(config.data);
        config.lang = from_env("BIHUAN_LANG").or(config.lang);
        config.log = from_env("BIHUAN_LOG").or(config.log);
        config.log_format = from_env("BIHUAN_LOG_FORMAT").or(config.log_format);
        Ok(config)
    }

    fn from_file(file: &Path) -> Result<Self, BadConfig> {
        let bad = |why: String| BadConfig { file: file.to_owned(), why };
        let text = std::fs::read_to_string(file).map_err(|error| bad(error.to_string()))?;
        toml::from_str(&text).map_err(|error| bad(error.to_string()))
    }
}

/// Structured logs go to standard error, so that standard output stays the answer.
pub(crate) fn start_log(config: &Config) {
    let filter = config.log.clone().unwrap_or_else(|| "warn".to_owned());
    let filter = tracing_subscriber::EnvFilter::new(filter);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_format.as_deref() == Some("json") {
        log.json().init();
    } else {
        log.init();
    }
}
