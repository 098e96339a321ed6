//! What Netflix's archive says about the account and its profiles: who it is, what was agreed to, how profiles are set.

use crate::{
    NetflixGeneration, Plan, clock,
    netflix::{Line, Report, Style},
    views::{CHILD, PERSONS},
};
use std::io::{self, Seek, Write};

/// Writes these tables.
pub(crate) fn write<W: Write + Seek>(
    report: &mut Report<W>,
    plan: &Plan,
    generation: NetflixGeneration,
) -> io::Result<()> {
    account_details(report, plan, generation)?;
    profiles(report, plan, generation)
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
    columns.extend(consents);
    columns.extend(after.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let (header, row): (Vec<String>, Vec<String>) = columns.into_iter().unzip();
    // Whatever stands in a column is a fact about the account.
    let stated = row.iter().filter(|cell| !cell.is_empty()).count() as u64;
    report.table(PATH, Style::Quoted, &header.join(","), [Line::new(row).undated(stated)])
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

fn profiles<W: Write + Seek>(
    report: &mut Report<W>,
    plan: &Plan,
    generation: NetflixGeneration,
) -> io::Result<()> {
    let made_at = plan.until - 3 * 365 * clock::DAY;
    let made = clock::sql(made_at);
    let old = "Profile Name,Email Address,Profile Creation Time,Maturity Level,Primary Lang,Has Auto Playback,\
               Max Stream Quality,Profile Lock Enabled";
    let new = "Profile Name,Email Address,Game Handle,Profile Creation Time,Maturity Level,Primary Lang,\
               Has Auto Playback,Max Stream Quality,Profile Lock Enabled,Profile Transferred,Profile Transfer Time,\
               Profile Transferred From Account,Profile Transferred To Account,Date Of Birth,Gender";
    let header = match generation {
        NetflixGeneration::Of2021 => old.to_owned(),
        NetflixGeneration::Of2023 => format!("{new},Opt-Out"),
        NetflixGeneration::Of2025 => format!("{new},Privacy And Data Settings"),
    };
    let rows = PERSONS.into_iter().enumerate().map(|(i, person)| {
        let (email, born) = if i == 0 { ("robin@example.org", "1988-02-11") } else { ("", "") };
        let level = if i == CHILD { "LITTLE_KIDS" } else { "ADULTS" };
        let row = if generation == NetflixGeneration::Of2021 {
            vec![person, email, &made, level, "en", "true", "ULTRA_HD", "false"]
        } else {
            vec![
                person, email, "", &made, level, "en", "true", "ULTRA_HD", "No", "No", "", "", "", born, "",
                "{}",
            ]
        };
        // The name is whose facts they are; when the profile was made has a date.
        let stated = row.iter().filter(|cell| !cell.is_empty()).count() as u64 - 2;
        Line::new(row).undated(stated).at(made_at).of(person)
    });
    report.table("PROFILES/Profiles.csv", Style::Quoted, &header, rows)?;
    let rows = PERSONS.map(|person| Line::new([person, "[\"icon_000\",\"icon_001\"]"]).undated(1).of(person));
    report.table("PROFILES/AvatarHistory.csv", Style::Plain, "Profile Name,Icons", rows)
}
