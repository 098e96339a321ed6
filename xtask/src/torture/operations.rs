//! What is done while something goes wrong: every command that writes, and from which state. A new command that writes
//! belongs into [`OPERATIONS`].

/// From which state an operation starts; see [`super::world`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// No vault yet.
    Nothing,
    /// A vault in which nothing was done.
    Fresh,
    /// Imports of two services, choices, rules, a request, something hidden.
    Lived,
}

impl Base {
    pub fn folder(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Fresh => "fresh",
            Self::Lived => "lived",
        }
    }
}

/// A command, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub name: &'static str,
    pub base: Base,
    pub words: &'static [&'static str],
    /// It writes a file that the person named.
    pub writes: Option<&'static str>,
    /// How often it is chosen, against the others.
    pub weight: u64,
}

const fn operation(name: &'static str, base: Base, words: &'static [&'static str], weight: u64) -> Operation {
    Operation { name, base, words, writes: None, weight }
}

const fn writing(
    name: &'static str,
    words: &'static [&'static str],
    writes: &'static str,
    weight: u64,
) -> Operation {
    Operation { name, base: Base::Lived, words, writes: Some(writes), weight }
}

/// Records that `erase record` and `hide record` name are found in the state itself: `{record}`.
pub const OPERATIONS: &[Operation] = &[
    operation("make a vault", Base::Nothing, &["init"], 3),
    operation("first import", Base::Fresh, &["import", "{home}/tides"], 6),
    operation("second import", Base::Lived, &["import", "{home}/later"], 4),
    operation("overlapping import", Base::Lived, &["import", "{home}/overlap"], 6),
    operation("large import", Base::Lived, &["import", "{home}/large"], 4),
    operation("read again", Base::Lived, &["import", "{home}/tides", "--again", "1"], 6),
    operation("undo an import", Base::Lived, &["imports", "--undo", "1"], 6),
    operation("erase a record", Base::Lived, &["erase", "record", "{record}", "--yes"], 3),
    operation("erase a day", Base::Lived, &["erase", "day", "2020-02-03", "--yes"], 3),
    operation("erase a category", Base::Lived, &["erase", "category", "listening", "--yes"], 4),
    operation("erase an import", Base::Lived, &["erase", "import", "2", "--yes"], 4),
    operation("erase a service", Base::Lived, &["erase", "service", "spotify", "--yes"], 3),
    operation("erase everything", Base::Lived, &["erase", "all", "--yes"], 4),
    operation("hide a record", Base::Lived, &["hide", "record", "{record}"], 2),
    operation("hide a day", Base::Lived, &["hide", "day", "2020-02-04"], 2),
    operation("show a category", Base::Lived, &["hide", "category", "viewing", "--show"], 2),
    operation("set a rule", Base::Lived, &["rules", "--never", "location"], 2),
    operation("choose", Base::Lived, &["choose", "netflix", "ads-here", "off"], 4),
    operation("choose for all", Base::Lived, &["choose", "all", "ai-training", "off"], 3),
    operation("undo a choice", Base::Lived, &["undo"], 3),
    operation(
        "say whose it is",
        Base::Lived,
        &["people", "netflix", "--mine", "Robin", "--not-mine", "Kim"],
        2,
    ),
    operation("note a request", Base::Lived, &["requests", "--asked", "spotify", "--package", "account"], 2),
    operation("hand out a checkpoint", Base::Lived, &["log", "checkpoint"], 2),
    writing("export the profile", &["profile", "export", "{home}/out.json"], "out.json", 4),
    writing("export the log", &["log", "export", "{home}/out.ndjson"], "out.ndjson", 2),
    writing("make a recovery code", &["recovery", "make", "--write", "{home}/out.txt"], "out.txt", 4),
];
