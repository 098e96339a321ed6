//! Writes Netflix's "Download your personal information" archive as it comes.
//!
//! The totals cover every table; placeholders and read-me files are listed in `other_files`. A row tells as it is made
//! which facts it states, so that nothing is remembered.

use crate::{
    Plan, Written, clock, netflix_account, netflix_tables,
    pack::{PDF, Pack},
    pick, rng,
    screen::Screen,
    views::{CHILD, PERSONS, View, Views, title},
};
use std::io::{self, Seek, Write};

/// The sentence that stands in for a table without rows.
const NOTHING: &[u8] = b"There is no data to show for this file.";

/// Which of the known sets of columns to write for accounts and profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NetflixGeneration {
    /// 2021: `Email Consent ...` columns.
    Of2021,
    /// 2023: one column for each sort of message.
    #[default]
    Of2023,
    /// 2025: `<Topic> (Email)` and `<Topic> (Push Notification)`.
    Of2025,
}

/// Writes an archive of the 2023 generation. Every view is counted in the totals.
///
/// # Errors
/// If `w` cannot be written, or the plan has more rows than its years have room for (`TooDense`).
pub fn netflix_zip(w: impl Write + Seek, plan: &Plan) -> io::Result<Written> {
    netflix_zip_of(w, plan, NetflixGeneration::Of2023)
}

/// Writes an archive of one of the generations.
///
/// # Errors
/// As `netflix_zip`.
pub fn netflix_zip_of(
    w: impl Write + Seek,
    plan: &Plan,
    generation: NetflixGeneration,
) -> io::Result<Written> {
    let screen = Screen::new(plan.seed);
    let mut report = Report { pack: Pack::new(w, plan.until), written: Written::default() };
    for name in ["Cover Sheet.pdf", "Additional Information.pdf"] {
        report.pack.file(name, PDF)?;
        report.written.other(name, 0);
    }
    netflix_account::write(&mut report, plan, generation)?;
    viewing_activity(&mut report, plan, &screen)?;
    search_history(&mut report, plan, &screen)?;
    netflix_tables::write(&mut report, plan, &screen, generation)?;
    report.pack.finish()?;
    Ok(report.written)
}

/// How a table is written: most are plain, two have every field quoted and Windows line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Quoted,
}

/// The archive and what was counted.
pub(crate) struct Report<W: Write + Seek> {
    pub(crate) pack: Pack<W>,
    pub(crate) written: Written,
}

impl<W: Write + Seek> Report<W> {
    /// Writes a table and counts what its lines state.
    pub(crate) fn table(
        &mut self,
        path: &str,
        style: Style,
        header: &str,
        lines: impl IntoIterator<Item = Line>,
    ) -> io::Result<()> {
        let mut table = style.table(self.pack.start(path)?);
        let counted = write_lines(&mut table, header, lines)?;
        self.written.counted(path, counted);
        Ok(())
    }

    /// Writes the placeholder of a table without rows.
    pub(crate) fn nothing(&mut self, path: &str) -> io::Result<()> {
        self.written.other(path, 0);
        self.pack.file(path, NOTHING)
    }
}

impl Style {
    fn table<W: Write>(self, out: W) -> csv::Writer<W> {
        let mut builder = csv::WriterBuilder::new();
        if self == Self::Quoted {
            builder.quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF);
        }
        builder.from_writer(out)
    }
}

/// Writes a header and lines; what they state is counted.
pub(crate) fn write_lines(
    table: &mut csv::Writer<impl Write>,
    header: &str,
    lines: impl IntoIterator<Item = Line>,
) -> io::Result<Written> {
    let mut counted = Written::default();
    table.write_record(header.split(','))?;
    for line in lines {
        table.write_record(&line.cells)?;
        line.count(&mut counted);
    }
    table.flush()?;
    Ok(counted)
}

/// A line of a table, and the facts that it states.
pub(crate) struct Line {
    cells: Vec<String>,
    dated: Vec<i64>,
    undated: u64,
    person: Option<&'static str>,
    played_ms: u64,
    copy: bool,
}

impl Line {
    pub(crate) fn new<F: Into<String>>(cells: impl IntoIterator<Item = F>) -> Self {
        let cells = cells.into_iter().map(Into::into).collect();
        Self { cells, dated: Vec::new(), undated: 0, person: None, played_ms: 0, copy: false }
    }

    /// States a fact at a second.
    pub(crate) fn at(mut self, second: i64) -> Self {
        self.dated.push(second);
        self
    }

    /// States a fact on the day of a second; facts of a day are counted as in its middle.
    pub(crate) fn on(self, second: i64) -> Self {
        self.at(second.div_euclid(clock::DAY) * clock::DAY + clock::DAY / 2)
    }

    /// States facts that have no date.
    pub(crate) fn undated(mut self, facts: u64) -> Self {
        self.undated += facts;
        self
    }

    /// States its facts about a person.
    pub(crate) fn of(mut self, person: &'static str) -> Self {
        self.person = Some(person);
        self
    }

    /// States how long something was watched.
    pub(crate) fn played(mut self, ms: u64) -> Self {
        self.played_ms = ms;
        self
    }

    /// Is an exact copy of the line before it.
    pub(crate) fn copy(mut self, copy: bool) -> Self {
        self.copy = copy;
        self
    }

    fn count(self, counted: &mut Written) {
        counted.rows += 1;
        if self.copy {
            counted.repeated += 1;
            return;
        }
        let facts = self.dated.len() as u64 + self.undated;
        counted.records += facts;
        counted.played_ms += self.played_ms;
        self.dated.into_iter().for_each(|second| counted.dated(second, 0));
        if let Some(person) = self.person {
            (0..facts).for_each(|_| counted.of_person(person));
        }
    }
}

fn viewing_activity<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    const PATH: &str = "CONTENT_INTERACTION/ViewingActivity.csv";
    const HEADER: &str = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,\
                          Latest Bookmark,Country";
    let views = Views::new(plan, screen)?.map(|view| {
        Line::new(view_row(screen, &view))
            .at(view.start)
            .of(PERSONS[view.person])
            .played(view.seconds.unsigned_abs() * 1_000)
            .copy(view.again)
    });
    report.table(PATH, Style::Plain, HEADER, views)
}

fn view_row(screen: &Screen, view: &View) -> Vec<String> {
    let title = title(screen, view.place);
    let name = match view.extra {
        "" => title.name.clone(),
        "HOOK" => format!("{}_hook_primary_16x9", title.of),
        "TEASER_TRAILER" => format!("{} (Teaser)", title.season),
        "RECAP" => format!("{} Recap: {}", title.season, title.of),
        "BONUS_VIDEO" => format!("{} (Bonus: Behind the Scenes)", title.of),
        "PROMOTIONAL" => format!("{} (Clip): Coming Soon", title.season),
        _ => format!("{} (Trailer)", title.season),
    };
    let watched = clock::hms(view.seconds);
    let latest = if view.latest { watched.clone() } else { "Not latest view".to_owned() };
    vec![
        PERSONS[view.person].to_owned(),
        clock::sql(view.start),
        watched.clone(),
        view.attributes.to_owned(),
        name,
        view.extra.to_owned(),
        view.device.to_owned(),
        watched,
        latest,
        view.country.to_owned(),
    ]
}

/// Newest first; each search in a second of its own.
fn search_history<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    const PATH: &str = "CONTENT_INTERACTION/SearchHistory.csv";
    const HEADER: &str = "Profile Name,Country Iso Code,Device,Is Kids,Query Typed,Displayed Name,Action,Section,Utc Timestamp";
    let mut rng = rng(plan.seed, "searches", 0);
    let names = screen.names();
    let rows = moments(&mut rng, plan, plan.rows / 30 + 6).map(|at| {
        let person = *pick(&mut rng, &[0, 0, 1, 1, CHILD, 3]);
        let kids = &screen.kids[rng.usize(..screen.kids.len())][0].of;
        let name = if person == CHILD { kids.as_str() } else { pick(&mut rng, &names) };
        let (typed, action, section) = match rng.u8(..8) {
            0 => (String::new(), "select", "prequery_results"),
            1 => (typed(&mut rng, name), "add", "title_results"),
            2 => (typed(&mut rng, name), "select", "suggestion_results"),
            3..=4 => (typed(&mut rng, name), "play", "title_results"),
            _ => (typed(&mut rng, name), "select", "title_results"),
        };
        let device = *pick(&mut rng, &["Smart TV", "Smart TV", "Android Phone", "Tablet", "Website"]);
        let is_kids = if person == CHILD { "1" } else { "0" };
        Line::new([PERSONS[person], "NL", device, is_kids, &typed, name, action, section, &clock::sql(at)])
            .at(at)
            .of(PERSONS[person])
    });
    report.table(PATH, Style::Plain, HEADER, rows)
}

/// The first letters of a name, as they are typed with a remote control.
fn typed(rng: &mut fastrand::Rng, name: &str) -> String {
    let letters = rng.usize(2..9);
    name.to_lowercase()
        .trim_start_matches("the ")
        .chars()
        .take(letters)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// `count` moments before `plan.until`, newest first, spread over its years, none twice.
pub(crate) fn moments(rng: &mut fastrand::Rng, plan: &Plan, count: u64) -> impl Iterator<Item = i64> + use<> {
    let span = i64::from(plan.years.max(1)) * 364 * clock::DAY;
    let step = (span / i64::try_from(count.max(1)).unwrap_or(i64::MAX)).max(1);
    let (mut rng, newest) = (rng.fork(), plan.until - 1_200);
    (0..count.cast_signed()).map(move |n| {
        if step < clock::DAY {
            return newest - n * step - rng.i64(0..step);
        }
        // Few enough for a day each: in the afternoon or evening, when people are at it.
        let day = (newest - n * step).div_euclid(clock::DAY);
        (day * clock::DAY + rng.i64(14 * 3_600..22 * 3_600)).min(newest)
    })
}
