//! The command line's contract as clap sees it. Fields may be added; names and meanings stay.

use clap::{Args as Group, Parser, Subcommand};
use std::path::PathBuf;
use thinline_core::DateOrder;

const EXAMPLES: &str = "Examples:
  thinline import ~/Downloads/my_spotify_data.zip
  thinline timeline --service spotify --kind inferred --limit 20
  thinline choose netflix messages off --until 2027-01-01
  thinline profile export profile.json --category listening
  thinline log verify

The key comes from --key-file or THINLINE_KEY_FILE, --passphrase-file or THINLINE_PASSPHRASE_FILE, the system keyring, or a
prompt on a terminal, in this order. Data lies in --data-dir, THINLINE_DATA_DIR, or the system's place.";

/// See and adjust how digital services personalize for you. Everything stays on this computer.
#[derive(Debug, Parser)]
#[command(name = "thinline", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Args {
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Where the data lies
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Unlock with a key file (32 bytes)
    #[arg(long, global = true, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Unlock with the passphrase in a file; one final newline is ignored
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the vault
    #[command(after_help = "Examples:\n  thinline init\n  thinline init --key-file ~/thinline.key\n\n\
        With --key-file the file is written if it is missing. Keep it safe: without it the data cannot be opened.")]
    Init,
    /// Read service exports as they were downloaded (zip files or folders)
    #[command(after_help = "Examples:\n  thinline import my_spotify_data.zip netflix-report.zip\n  \
        thinline import export.zip --as spotify --account family\n  \
        thinline import export.zip --dry-run")]
    Import(Import),
    /// List imports, or take one back
    #[command(after_help = "Examples:\n  thinline imports\n  thinline imports --undo 3")]
    Imports {
        /// Take back this import; what other imports hold too stays
        #[arg(long, value_name = "ID")]
        undo: Option<u32>,
    },
    /// Show services with purposes, what can be done, choices and effects
    #[command(after_help = "Examples:\n  thinline services\n  thinline services spotify --json")]
    Services {
        /// One service
        id: Option<String>,
    },
    /// Set a choice
    #[command(after_help = "Examples:\n  thinline choose spotify ads-elsewhere off\n  \
        thinline choose all ai-training off\n  thinline choose netflix messages off --until 2027-01-01\n  \
        thinline choose spotify history 12\n  thinline choose all-sites signal on --except example.org\n\n\
        WHAT is a purpose (recommendations, ads-here, ads-elsewhere, from-elsewhere, sharing, messages, improvement,\n\
        ai-training: on | off | undecided), history (keep | pause | months), or for all-sites signal (on | off) and\n\
        banners (leave | refuse). `on` leaves it on; it is no consent.")]
    Choose(Choose),
    /// Take back the last choice
    #[command(after_help = "Examples:\n  thinline undo\n\nAgain takes back the one before.")]
    Undo,
    /// Show records, newest first; undated ones come last
    #[command(after_help = "Examples:\n  thinline timeline --service netflix --from 2026-01-01\n  \
        thinline timeline --for ads-here --limit 50 --json\n  thinline timeline --search 'low water'")]
    Timeline(Timeline),
    /// Count records
    #[command(
        after_help = "Examples:\n  thinline stats\n  thinline stats --by day,service --from 2026-01-01\n\n\
        --by takes day, month, year, service, account, person, kind, category."
    )]
    Stats(Stats),
    /// The profile: what is held and thought of you
    #[command(after_help = "Examples:\n  thinline profile export profile.json")]
    Profile {
        #[command(subcommand)]
        command: Profile,
    },
    /// The tamper-evident log
    #[command(
        after_help = "Examples:\n  thinline log\n  thinline log verify\n  thinline log checkpoint > keep-elsewhere.txt\n  \
        thinline log export log.ndjson"
    )]
    Log {
        #[command(subcommand)]
        command: Option<Log>,
    },
    /// What Thinline knows about services, and when that was checked
    #[command(
        after_help = "Examples:\n  thinline catalogue list\n  thinline catalogue list --stale --json\n\n\
        Needs no data and no key. A fact is stale 180 days after it was checked."
    )]
    Catalogue {
        #[command(subcommand)]
        command: Catalogue,
    },
    /// Show whether there is a vault and what it holds
    #[command(after_help = "Examples:\n  thinline status\n  thinline status --json")]
    Status,
    /// Measure
    #[command(hide = true)]
    Bench {
        #[command(subcommand)]
        command: Bench,
    },
}

#[derive(Debug, Group)]
pub struct Import {
    /// Zip files or folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Whose export it is, where that is not clear
    #[arg(long = "as", value_name = "SERVICE")]
    pub service: Option<String>,
    /// Which account, if you have several at a service
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// How dates such as 3/4/25 are read, where the export does not show it: day-first or month-first
    #[arg(long, value_name = "ORDER", value_parser = date_order)]
    pub dates: Option<DateOrder>,
    /// Only look: what each archive is, what it can show and what is wrong with it. Nothing is stored
    #[arg(long)]
    pub dry_run: bool,
}

fn date_order(word: &str) -> Result<DateOrder, &'static str> {
    DateOrder::parse(word).ok_or("day-first or month-first")
}

#[derive(Debug, Subcommand)]
pub enum Catalogue {
    /// Services with their recipes, settings and facts
    List {
        /// Only what was checked more than 180 days ago
        #[arg(long)]
        stale: bool,
    },
}

#[derive(Debug, Group)]
pub struct Choose {
    /// A service, `all` or `all-sites`
    pub service: String,
    /// A purpose or lever
    pub what: String,
    /// The value
    pub value: String,
    /// Fall back to the state before on this day
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Sites that are left out
    #[arg(long, value_name = "SITE")]
    pub except: Vec<String>,
}

#[derive(Debug, Group)]
pub struct Filters {
    /// Only this service; may be repeated
    #[arg(long, value_name = "S")]
    pub service: Vec<String>,
    /// Only this account
    #[arg(long, value_name = "A")]
    pub account: Vec<String>,
    /// Only this person (household profile)
    #[arg(long, value_name = "P")]
    pub person: Vec<String>,
    /// Only this kind
    #[arg(long, value_name = "K")]
    pub kind: Vec<String>,
    /// Only this category
    #[arg(long, value_name = "C")]
    pub category: Vec<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// To this day
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only what can be used for this purpose
    #[arg(long = "for", value_name = "PURPOSE")]
    pub purpose: Option<String>,
    /// Only records with these words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub search: String,
}

#[derive(Debug, Group)]
pub struct Timeline {
    #[command(flatten)]
    pub filters: Filters,
    /// Records at most, 1 to 500
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: u16,
    /// Go on after a page: its `next`
    #[arg(long, value_name = "CURSOR")]
    pub after: Option<String>,
}

#[derive(Debug, Group)]
pub struct Stats {
    #[command(flatten)]
    pub filters: Filters,
    /// Groups, separated by commas
    #[arg(long, value_name = "LIST", default_value = "service", value_delimiter = ',')]
    pub by: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Write a file with what you choose; its ending decides the form (.json .csv .ndjson)
    #[command(after_help = "Examples:\n  thinline profile export profile.json\n  \
        thinline profile export listening.csv --category listening --precision day --max-sensitivity 2")]
    Export {
        /// The file; it must not exist
        path: PathBuf,
        #[command(flatten)]
        filters: Filters,
        /// Leave out more sensitive records (1 ordinary, 2 revealing, 3 sensitive)
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3))]
        max_sensitivity: Option<u8>,
        /// How finely times are written: exact, day, month or counts
        #[arg(long, value_name = "P", default_value = "exact")]
        precision: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum Log {
    /// Show entries, newest first
    #[command(after_help = "Examples:\n  thinline log show --limit 10")]
    Show {
        /// Entries at most, 1 to 500
        #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=500))]
        limit: u16,
    },
    /// Check every entry, payload and signature
    #[command(after_help = "Examples:\n  thinline log verify\n\nEnds with 1 if something does not fit.")]
    Verify,
    /// Print the signed state of the log, to be kept elsewhere
    #[command(after_help = "Examples:\n  thinline log checkpoint > keep-elsewhere.txt")]
    Checkpoint,
    /// Write the log to a file that thinline-verify checks
    #[command(
        after_help = "Examples:\n  thinline log export log.ndjson\n  thinline log export log.ndjson --payloads"
    )]
    Export {
        /// The file; it must not exist
        path: PathBuf,
        /// Also write what the entries say
        #[arg(long)]
        payloads: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Inflate and parse only
    Reparse {
        /// An archive
        file: PathBuf,
    },
    /// Insert the same rows bare
    Floor {
        /// An archive
        file: PathBuf,
        /// A new database
        database: PathBuf,
        /// Without encryption
        #[arg(long)]
        plain: bool,
    },
    /// Import, and ask for pages meanwhile; prints JSON
    Meanwhile {
        /// An archive
        file: PathBuf,
    },
    /// Write an invented archive
    Write {
        /// spotify or netflix
        service: String,
        /// Rows
        rows: u64,
        /// The file
        file: PathBuf,
    },
    /// Time pages, filters, searches and counts of the store; prints JSON
    Read {
        /// Pages per filter
        #[arg(default_value_t = 1000)]
        rounds: u32,
    },
    /// Keep no original rows from here on
    WithoutOriginals,
}
