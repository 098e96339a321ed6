//! Writes Netflix's "Download your personal information" archive as it comes.
//!
//! The totals cover `ViewingActivity.csv`, `SearchHistory.csv` and the consents of `AccountDetails.csv`; the other
//! tables are as large as they would be beside such a history, and are listed in `other_files`.

use crate::{
    Plan, Written, clock, netflix_tables,
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
    account_details(&mut report, plan, generation)?;
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
    /// Writes a table outside the totals.
    pub(crate) fn table<R, F>(&mut self, path: &str, style: Style, header: &str, rows: R) -> io::Result<()>
    where
        R: IntoIterator<Item = Vec<F>>,
        F: AsRef<[u8]>,
    {
        let count = self.rows(path, style, header, rows)?;
        self.written.other(path, count);
        Ok(())
    }

    /// Writes the placeholder of a table without rows.
    pub(crate) fn nothing(&mut self, path: &str) -> io::Result<()> {
        self.written.other(path, 0);
        self.pack.file(path, NOTHING)
    }

    fn rows<R, F>(&mut self, path: &str, style: Style, header: &str, rows: R) -> io::Result<u64>
    where
        R: IntoIterator<Item = Vec<F>>,
        F: AsRef<[u8]>,
    {
        let mut builder = csv::WriterBuilder::new();
        if style == Style::Quoted {
            builder.quote_style(csv::QuoteStyle::Always).terminator(csv::Terminator::CRLF);
        }
        let mut table = builder.from_writer(self.pack.start(path)?);
        table.write_record(header.split(','))?;
        let mut count = 0;
        for row in rows {
            table.write_record(row)?;
            count += 1;
        }
        table.flush()?;
        Ok(count)
    }
}

fn viewing_activity<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    const PATH: &str = "CONTENT_INTERACTION/ViewingActivity.csv";
    const HEADER: &str = "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,\
                          Latest Bookmark,Country";
    let mut counted = Written::default();
    let views = Views::new(plan, screen)?.map(|view| {
        if view.again {
            counted.repeated += 1;
        } else {
            counted.dated(view.start, view.seconds.unsigned_abs() * 1_000);
            counted.of_person(PERSONS[view.person]);
        }
        view_row(screen, &view)
    });
    let rows = report.rows(PATH, Style::Plain, HEADER, views)?;
    report.written.file(PATH, rows, rows - counted.repeated);
    report.written.add_dated(counted);
    Ok(())
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
    let count = plan.rows / 30 + 6;
    let mut counted = Written::default();
    let rows = moments(&mut rng, plan, count).map(|at| {
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
        counted.dated(at, 0);
        counted.of_person(PERSONS[person]);
        let is_kids = if person == CHILD { "1" } else { "0" };
        [PERSONS[person], "NL", device, is_kids, &typed, name, action, section, &clock::sql(at)]
            .map(str::to_owned)
            .to_vec()
    });
    report.rows(PATH, Style::Plain, HEADER, rows)?;
    report.written.file(PATH, count, count);
    report.written.add_dated(counted);
    Ok(())
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

fn account_details<W: Write + Seek>(
    report: &mut Report<W>,
    plan: &Plan,
    generation: NetflixGeneration,
) -> io::Result<()> {
    const PATH: &str = "ACCOUNT/AccountDetails.csv";
    let since = format!("{}.000Z", clock::iso(plan.until - 9 * 365 * clock::DAY).trim_end_matches('Z'));
    let before: &[(&str, &str)] = &[
        ("First Name", "Robin"),
        ("Last Name", "Example"),
        ("Email Address", "robin@example.org"),
        ("Phone Number", "+31000000000"),
        ("Country Of Registration", "NL"),
        ("Country Of Signup", "NL"),
        ("Primary Lang", "en-NL"),
        ("Cookie Disclosure", "true"),
    ];
    let state: &[(&str, &str)] = match generation {
        NetflixGeneration::Of2021 => &[("In Free Trial", "No"), ("Membership Status", "Current")],
        _ => &[("Membership Status", "CURRENT_MEMBER")],
    };
    let after: &[(&str, &str)] = match generation {
        NetflixGeneration::Of2021 => &[],
        _ => &[("Extra Member Account", "No"), ("Extra Member Primary Account Owner", "")],
    };
    let consents = consents(generation);
    let mut columns: Vec<(String, &str)> = Vec::new();
    let mut add = |list: &[(&str, &'static str)]| {
        columns.extend(list.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    };
    add(before);
    add(state);
    let mut columns: Vec<(String, String)> =
        columns.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    columns.push(("Customer Creation Timestamp".to_owned(), since));
    if generation != NetflixGeneration::Of2021 {
        columns.push(("Profile Transfer Setting".to_owned(), "Enabled".to_owned()));
    }
    columns.push(("Has Rejoined".to_owned(), "No".to_owned()));
    let stated = consents.len() as u64;
    columns.extend(consents);
    columns.extend(after.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let (header, row): (Vec<String>, Vec<String>) = columns.into_iter().unzip();
    report.rows(PATH, Style::Quoted, &header.join(","), [row])?;
    report.written.file(PATH, 1, stated);
    Ok(())
}

/// The columns that say what the member agreed to, with what this one agreed to.
fn consents(generation: NetflixGeneration) -> Vec<(String, String)> {
    let list: &[(&str, &str)] = match generation {
        NetflixGeneration::Of2021 => &[
            ("Email Consent Member News", "Yes"),
            ("Email Consent Netflix News", "Yes"),
            ("Email Consent Netflix Offers Via Email", "No"),
            ("Email Consent Netflix Surveys", "Yes"),
            ("Email Consent Kids Activity", "No"),
            ("Sms Consent Transactional", "Yes"),
            ("Sms Consent Informational", "No"),
            ("Test Participation", "Yes"),
            ("Whats App Consent", "No"),
            ("Marketing Communications Matched Identifiers", "Yes"),
        ],
        NetflixGeneration::Of2023 => &[
            ("Netflix Updates", "YES"),
            ("Now On Netflix", "YES"),
            ("Netflix Offers", "NO"),
            ("Netflix Surveys", "YES"),
            ("Netflix Kids And Family", "YES"),
            ("Sms Account Related", "YES"),
            ("Sms Content Updates And Special Offers", "NO"),
            ("Test Participation", "YES"),
            ("Whats App", "NO"),
            ("Marketing Communications Matched Identifiers", "YES"),
        ],
        NetflixGeneration::Of2025 => &[
            ("Membership Offers", "No"),
            ("Watch Recommendations And More", "Yes"),
            ("Using The Netflix App", "Yes"),
            ("Netflix Games", "No"),
            ("Surveys And Research Invites", "Yes"),
            ("What You Watch", "Yes"),
            ("Netflix Shop And Experiences", "No"),
        ],
    };
    let mut columns: Vec<(String, String)> = Vec::new();
    if generation == NetflixGeneration::Of2025 {
        for (topic, email) in list {
            columns.push((format!("{topic} (Email)"), (*email).to_owned()));
            columns.push((format!("{topic} (Push Notification)"), "Yes".to_owned()));
        }
        let rest = [
            ("Kid's Activity Report (Email)", "No"),
            ("Test Participation", "Yes"),
            ("Marketing Communications Matched Identifiers", "Yes"),
        ];
        columns.extend(rest.map(|(name, value)| (name.to_owned(), value.to_owned())));
    } else {
        columns.extend(list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    }
    columns
}
