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

The key comes from --key-file or THINLINE_KEY_FILE, --passphrase-file or THINLINE_PASSPHRASE_FILE, --recovery-file or
THINLINE_RECOVERY_FILE, the system keyring, or a prompt on a terminal, in this order. Data lies in --data-dir, THINLINE_DATA_DIR, or the system's place.";

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
    /// Unlock with the recovery code in a file
    #[arg(long, global = true, value_name = "FILE")]
    pub recovery_file: Option<PathBuf>,
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
        thinline import export.zip --dry-run\n  thinline import export.zip --again 3\n\n\
        --again reads the archive of an import anew and in its place, for what Thinline has learned to read since;\n\
        `thinline imports` says where that finds more. Either the new reading stands or the old one does.")]
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
    /// What you asked services for, and how it stands
    #[command(
        after_help = "Examples:\n  thinline requests\n  thinline requests --asked spotify --package extended --on 2026-11-20\n  \
        thinline requests --ready 3 --until 2026-12-10\n  thinline profile export requests.ics\n\n\
        An import of the package ends its request by itself."
    )]
    Requests(Requests),
    /// What is to be done, by date
    #[command(after_help = "Examples:\n  thinline todo\n  thinline todo --json")]
    Todo,
    /// The recovery code, which opens the data when nothing else does
    #[command(after_help = "Examples:\n  thinline recovery\n  thinline recovery make\n  \
        thinline recovery make --write /media/stick/thinline-recovery-code.txt\n  thinline recovery remove\n\n\
        `make` shows fifteen words and asks for three of them; with --write it writes them to a new file and reads it back.\n\
        A code made before opens nothing any more. Unlock with it: --recovery-file FILE.")]
    Recovery {
        #[command(subcommand)]
        command: Option<Recovery>,
    },
    /// The passphrase: set it, change it, take it away
    #[command(after_help = "Examples:\n  thinline passphrase set\n  \
        thinline passphrase set --new-passphrase-file new.txt --recovery-file sheet.txt\n  thinline passphrase remove\n\n\
        Whatever unlocks the data now proves that it is you: a key file, the keyring, the old passphrase, the recovery code.\n\
        A copy of the data folder made before still opens with the old passphrase.")]
    Passphrase {
        #[command(subcommand)]
        command: Option<Passphrase>,
    },
    /// What unlocks the data, and a new key for it
    #[command(
        after_help = "Examples:\n  thinline key\n  thinline key add-file /media/stick/thinline.key\n  \
        thinline key add-keyring\n  thinline key remove 0123456789abcdef\n  \
        thinline key rotate --with-passphrase-file old.txt\n\n\
        `rotate` encrypts the database with a new key. The way that unlocked it and the keyring go on; of all others the\n\
        secret is needed, or --drop-others says that they shall open nothing any more."
    )]
    Key {
        #[command(subcommand)]
        command: Option<Keys>,
    },
    /// Show household profiles and accounts; say whose they are
    #[command(
        after_help = "Examples:\n  thinline people\n  thinline people netflix --mine Robin --not-mine Kids\n  \
        thinline people spotify --account default --rename family\n\n\
        Records of profiles that are not yours or undecided stay on the timeline, out of counts and exports."
    )]
    People(People),
    /// Erase for good
    #[command(
        after_help = "Examples:\n  thinline erase record 00100012ab34cd\n  thinline erase day 2026-03-01\n  \
        thinline erase category location --never\n  thinline erase category searches --service netflix\n  \
        thinline erase import 3\n  thinline erase service spotify --yes\n  thinline erase all\n\n\
        There is no undo. Backups and files that you exported still hold what is erased here. It comes back if another\n\
        export that holds it is imported; `thinline hide` or --never keeps it away. The log keeps its entries: that\n\
        something was erased and how much, not what."
    )]
    Erase(Erase),
    /// Hide a record, a day or a category, or show it again
    #[command(
        after_help = "Examples:\n  thinline hide record 00100012ab34cd\n  thinline hide day 2026-03-01\n  \
        thinline hide category guessed-traits\n  thinline hide day 2026-03-01 --show\n  thinline timeline --hidden\n\n\
        What is hidden stays stored, out of lists, counts and exports."
    )]
    Hide(Hide),
    /// Show what is never imported or always hidden; add a rule or lift one
    #[command(after_help = "Examples:\n  thinline rules\n  thinline rules --never location\n  \
        thinline rules --lift location")]
    Rules(Rules),
    /// Make, list and try backups, or a file for another computer
    #[command(
        after_help = "Examples:\n  thinline backup\n  thinline backup /media/stick/thinline.tlbackup\n  thinline backup --list\n  \
        thinline backup --check FILE\n  thinline backup --every weekly --folder /media/disk\n  \
        thinline backup --move for-the-new-computer.tlbackup --new-passphrase-file words.txt\n\n\
        A backup opens with every key that opened the data when it was made. --check unpacks it, opens it, reads all of it and\n\
        deletes that again. A file made with --move opens with a passphrase or the recovery code only."
    )]
    Backup(Backup),
    /// Put a backup in the place of the data that is here, or start over
    #[command(after_help = "Examples:\n  thinline restore thinline-2026-11-24T101500Z.tlbackup\n  \
        thinline restore FILE --into ~/looking-back\n  thinline restore --start-over\n\n\
        Nothing is deleted: what is here is moved into a folder beside. The key is the one of the backup. --start-over moves the\n\
        data aside and names the archives to import again, as far as that can be read.")]
    Restore(Restore),
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
    /// Show whether there is a vault and what it holds; --check also reads all of it
    #[command(after_help = "Examples:\n  thinline status\n  thinline status --check --json\n\n\
        --check ends with 1 if something does not fit.")]
    Status {
        /// Read and check all of the data
        #[arg(long)]
        check: bool,
    },
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
    /// Read anew, in place of this import: it must be the same archive
    #[arg(long, value_name = "ID", conflicts_with_all = ["service", "account", "dry_run"])]
    pub again: Option<u32>,
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
pub struct Requests {
    /// Note that this service was asked
    #[arg(long, value_name = "SERVICE", group = "step")]
    pub asked: Option<String>,
    /// What it was asked for; may be repeated. Needed where a service hands out several
    #[arg(long, value_name = "PACKAGE", requires = "asked")]
    pub package: Vec<String>,
    /// Note that this one can be fetched
    #[arg(long, value_name = "ID", group = "step")]
    pub ready: Option<u32>,
    /// Last day on which its link works
    #[arg(long, value_name = "DATE", requires = "ready")]
    pub until: Option<String>,
    /// Give this one up
    #[arg(long, value_name = "ID", group = "step")]
    pub give_up: Option<u32>,
    /// Let this one go on
    #[arg(long, value_name = "ID", group = "step")]
    pub reopen: Option<u32>,
    /// The day of the step; today if not named
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// Whether there is one
    #[command(
        after_help = "Examples:\n  thinline recovery show\n\nThe words themselves are shown once, by make."
    )]
    Show,
    /// Make one; any before is dead from then on
    #[command(after_help = "Examples:\n  thinline recovery make\n  thinline recovery make --write code.txt")]
    Make {
        /// Write it to a new file instead of asking for three words
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
    },
    /// Take it away
    #[command(after_help = "Examples:\n  thinline recovery remove")]
    Remove,
}

#[derive(Debug, Subcommand)]
pub enum Passphrase {
    /// Set it, in place of any before
    #[command(
        after_help = "Examples:\n  thinline passphrase set\n  thinline passphrase set --new-passphrase-file new.txt"
    )]
    Set {
        /// Read the new one from a file instead of asking twice; one final newline is ignored
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Take it away; the last way to unlock stays
    #[command(after_help = "Examples:\n  thinline passphrase remove")]
    Remove,
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// List what unlocks the data
    #[command(after_help = "Examples:\n  thinline key show --json")]
    Show,
    /// Let a key file unlock it, too; made if it is missing
    #[command(after_help = "Examples:\n  thinline key add-file /media/stick/thinline.key")]
    AddFile {
        /// The file
        path: PathBuf,
    },
    /// Let the system keyring unlock it, too
    #[command(after_help = "Examples:\n  thinline key add-keyring")]
    AddKeyring,
    /// Take a way away; the last one stays
    #[command(after_help = "Examples:\n  thinline key remove 0123456789abcdef")]
    Remove {
        /// As `thinline key` names it
        id: String,
    },
    /// Encrypt the database with a new key
    #[command(
        after_help = "Examples:\n  thinline key rotate\n  thinline key rotate --with-recovery-file sheet.txt\n  \
        thinline key rotate --drop-others"
    )]
    Rotate {
        /// The passphrase goes on opening it
        #[arg(long, value_name = "FILE")]
        with_passphrase_file: Option<PathBuf>,
        /// This key file goes on opening it; may be repeated
        #[arg(long, value_name = "FILE")]
        with_key_file: Vec<PathBuf>,
        /// The recovery code goes on opening it
        #[arg(long, value_name = "FILE")]
        with_recovery_file: Option<PathBuf>,
        /// Whatever else opened it opens nothing any more
        #[arg(long)]
        drop_others: bool,
    },
}

#[derive(Debug, Group)]
pub struct People {
    /// Of one service
    pub service: Option<String>,
    /// This profile is yours; may be repeated
    #[arg(long, value_name = "NAME")]
    pub mine: Vec<String>,
    /// This profile is somebody else's; may be repeated
    #[arg(long, value_name = "NAME")]
    pub not_mine: Vec<String>,
    /// Leave it open again; may be repeated
    #[arg(long, value_name = "NAME")]
    pub undecided: Vec<String>,
    /// Of this account
    #[arg(long, value_name = "A")]
    pub account: Option<String>,
    /// Give the account another name
    #[arg(long, value_name = "NAME", requires = "service")]
    pub rename: Option<String>,
}

#[derive(Debug, Group)]
pub struct Erase {
    /// What sort of thing
    #[arg(value_parser = ["record", "day", "category", "import", "service", "all"])]
    pub what: String,
    /// Which: a record's id, a day, a category, an import's number, a service
    pub of: Option<String>,
    /// A category of this service only
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
    /// Also never import this category again
    #[arg(long)]
    pub never: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Group)]
pub struct Backup {
    /// The file; it must not exist. Without it, a new one in the folder for backups
    #[arg(conflicts_with_all = ["list", "check", "move_out", "every", "folder", "newest", "months"])]
    pub path: Option<PathBuf>,
    /// List the backups in the folder
    #[arg(long)]
    pub list: bool,
    /// Try a backup: could it be put back?
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
    /// Write a file for another computer
    #[arg(long = "move", value_name = "PATH")]
    pub move_out: Option<PathBuf>,
    /// Give that file a passphrase of its own
    #[arg(long, value_name = "FILE", requires = "move_out")]
    pub new_passphrase_file: Option<PathBuf>,
    /// How often the app makes one
    #[arg(long, value_name = "HOW", value_parser = ["off", "daily", "weekly"])]
    pub every: Option<String>,
    /// Where they go: a folder, or `default`
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// The newest that are kept
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub newest: Option<u32>,
    /// Months of which the newest is kept, too
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=120))]
    pub months: Option<u32>,
}

#[derive(Debug, Group)]
pub struct Restore {
    /// The backup
    #[arg(required_unless_present = "start_over")]
    pub file: Option<PathBuf>,
    /// Into this folder, in which there is no data yet
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Move the data that is here aside, so that new data can be made
    #[arg(long, conflicts_with_all = ["file", "into"])]
    pub start_over: bool,
}

#[derive(Debug, Group)]
pub struct Hide {
    /// What sort of thing
    #[arg(value_parser = ["record", "day", "category"])]
    pub what: String,
    /// Which: a record's id, a day, a category
    pub of: String,
    /// A category of this service only
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
    /// Show it again
    #[arg(long)]
    pub show: bool,
}

#[derive(Debug, Group)]
pub struct Rules {
    /// Never import this category
    #[arg(long, value_name = "C")]
    pub never: Option<String>,
    /// Lift the rule for this category
    #[arg(long, value_name = "C")]
    pub lift: Option<String>,
    /// The rule is for this service only
    #[arg(long, value_name = "S")]
    pub service: Option<String>,
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
    /// Also what you hid (never exported)
    #[arg(long)]
    pub hidden: bool,
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
    /// Also count household profiles that are not yours or undecided
    #[arg(long)]
    pub everyone: bool,
    /// Groups, separated by commas
    #[arg(long, value_name = "LIST", default_value = "service", value_delimiter = ',')]
    pub by: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Write a file with what you choose; its ending decides the form (.json .csv .ndjson; .ics for what you asked services for)
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
    /// Look whether everything fits together, and what there is; prints JSON
    Look,
    /// Inflate and parse only
    Reparse {
        /// An archive
        file: PathBuf,
    },
    /// The same by a reader written for plays of Spotify
    ByHand {
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
    /// Time pages of rows that were inserted bare; prints JSON
    Pages {
        /// The database
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
