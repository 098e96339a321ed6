//! Any text as the time of a row, in every way in which tables and lists write times.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// A table with times: its name, its header, and the cells of a row before the time.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "ViewingActivity.csv",
        "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Country",
        "A,",
    ),
    ("NetflixViewingHistory.csv", "Title,Date", "A,"),
];

/// A list with times: its name, and the key of the time.
const LISTS: &[(&str, &str)] =
    &[("endsong_0.json", "ts"), ("StreamingHistory0.json", "endTime"), ("SearchQueries.json", "searchTime")];

fuzz_target!(|text: &str| {
    let cell = text.replace('"', "\"\"");
    for (name, header, before) in TABLES {
        // A second row whose date can be read either way.
        let table = format!("{header}\n{before}\"{cell}\"\n{before}1/2/20\n");
        thinline_fuzz::read_named(&[name], table.as_bytes());
    }
    let text: String = text.chars().flat_map(char::as_in_json).collect();
    for (name, key) in LISTS {
        let row = format!(
            r#"[{{"{key}":"{text}","ms_played":9,"msPlayed":9,"trackName":"A","artistName":"B","searchQuery":"A"}}]"#
        );
        thinline_fuzz::read_named(&[name], row.as_bytes());
    }
});

trait Json {
    fn as_in_json(self) -> Vec<char>;
}

impl Json for char {
    /// As a list writes it between quotes.
    fn as_in_json(self) -> Vec<char> {
        match self {
            '"' | '\\' => vec!['\\', self],
            control if control < ' ' => format!("\\u{:04x}", control as u32).chars().collect(),
            plain => vec![plain],
        }
    }
}
