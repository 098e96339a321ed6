//! The Netflix tables beside views, searches and consents: devices, addresses, messages, ratings, bills and so on.

use crate::{
    NetflixGeneration, Plan, clock,
    netflix::{Line, Report, Style, moments},
    pick, rng,
    screen::Screen,
    views::{CHILD, PERSONS, Views, title},
};
use std::io::{self, Seek, Write};

const DEVICES: [&str; 5] = [
    "Living Room Smart TV",
    "Bedroom Streaming Stick",
    "Example Tablet 10",
    "Android Phone",
    "Firefox on Windows PC",
];

/// Writes all of them.
pub(crate) fn write<W: Write + Seek>(
    report: &mut Report<W>,
    plan: &Plan,
    screen: &Screen,
    generation: NetflixGeneration,
) -> io::Result<()> {
    clickstream(report, plan)?;
    playback_events(report, plan, screen)?;
    opinions(report, plan, screen)?;
    messages(report, plan, screen)?;
    devices(report, plan)?;
    addresses(report, plan, generation)?;
    money(report, plan)?;
    if generation == NetflixGeneration::Of2025 {
        household(report, plan)?;
    }
    let mut empty = vec![
        "ACCOUNT/ExtraMembers.txt",
        "CUSTOMER_SERVICE/ChatTranscripts.txt",
        "GAMES/GamePlaySession.txt",
        "PROFILES/ParentalControlsRestrictedTitles.txt",
        "SURVEYS/ProductCancellationSurvey.txt",
    ];
    if generation == NetflixGeneration::Of2021 {
        empty.extend([
            "CONTENT_INTERACTION/TastePreferences.txt",
            "SOCIAL_MEDIA_CONNECTIONS/SocialMediaConnections.txt",
        ]);
    }
    empty.into_iter().try_for_each(|path| report.nothing(path))
}

fn clickstream<W: Write + Seek>(report: &mut Report<W>, plan: &Plan) -> io::Result<()> {
    const LEVELS: &[&str] = &[
        "movieDetails",
        "playback",
        "browseTitles",
        "browseTitlesGallery",
        "search",
        "searchSuggestionTitleResults",
        "postPlay",
        "profilesGate",
        "accountMenu",
        "screenSaver",
    ];
    let mut rng = rng(plan.seed, "clicks", 0);
    let times = moments(&mut rng, plan, plan.rows / 5 + 20);
    let rows = times.map(|at| {
        let source = *pick(&mut rng, &["tvui", "tvui", "tvui", "android", "www", "ios"]);
        let (from, to) = if source == "www" {
            ("https://www.netflix.com/browse", "https://www.netflix.com/title/00000000")
        } else {
            ("", "")
        };
        let level = *pick(&mut rng, LEVELS);
        let person = *pick(&mut rng, &PERSONS);
        Line::new([person, source, level, from, to, &clock::sql(at)]).at(at).of(person)
    });
    let header = "Profile Name,Source,Navigation Level,Referrer Url,Webpage Url,Click Utc Ts";
    report.table("CLICKSTREAM/Clickstream.csv", Style::Plain, header, rows)
}

/// What the players reported about the newest views.
fn playback_events<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    let some = usize::try_from(plan.rows / 12 + 10).unwrap_or(usize::MAX);
    let views = Views::new(plan, screen)?.filter(|view| !view.again && view.extra.is_empty()).take(some);
    let rows = views.map(|view| {
        let ms = view.seconds * 1_000;
        let half = ms / 2;
        let traces = format!(
            "[{{\"eventType\":\"start\",\"sessionOffsetMs\":0,\"mediaOffsetMs\":0}},\
             {{\"eventType\":\"playing\",\"sessionOffsetMs\":1840,\"mediaOffsetMs\":0}},\
             {{\"eventType\":\"paused\",\"sessionOffsetMs\":{half},\"mediaOffsetMs\":{half}}},\
             {{\"eventType\":\"stopped\",\"sessionOffsetMs\":{ms},\"mediaOffsetMs\":{ms}}}]"
        );
        let (name, country) = (title(screen, view.place).name.as_str(), &view.country[..2]);
        Line::new([PERSONS[view.person], name, view.device, &clock::sql(view.start), country, &traces])
            .at(view.start)
            .of(PERSONS[view.person])
    });
    let header = "Profile Name,Title Description,Device,Playback Start Utc Ts,Country,Playtraces";
    report.table("CONTENT_INTERACTION/PlaybackRelatedEvents.csv", Style::Plain, header, rows)
}

/// Ratings, lists, stated interests, choices in interactive films.
fn opinions<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    let mut rng = rng(plan.seed, "opinions", 0);
    let names = screen.names();
    let some = plan.rows / 60 + 8;
    let rows = moments(&mut rng, plan, some).map(|at| {
        let thumbs = *pick(&mut rng, &["2", "2", "2", "1", "3", "0"]);
        let (person, name) = (*pick(&mut rng, &PERSONS[..2]), *pick(&mut rng, &names));
        let date = clock::date(at);
        Line::new([person, name, "thumb", "", thumbs, "Smart TV", &clock::sql(at), &date]).at(at).of(person)
    });
    let header = "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date";
    report.table("CONTENT_INTERACTION/Ratings.csv", Style::Plain, header, rows)?;

    // At most one a day: these tables write days only, and two equal lines of a day would be one fact.
    let some = some.min(u64::from(plan.years.max(1)) * 360);
    let yesterday = Plan { until: plan.until - clock::DAY, ..*plan };
    let rows = moments(&mut rng, &yesterday, some).map(|at| {
        let person = *pick(&mut rng, &PERSONS);
        Line::new([person, *pick(&mut rng, &names), "NL", &clock::date(at)]).on(at).of(person)
    });
    let header = "Profile Name,Title Name,Country,Utc Title Add Date";
    report.table("CONTENT_INTERACTION/MyList.csv", Style::Plain, header, rows)?;

    let rows = moments(&mut rng, &yesterday, 6).map(|at| {
        let interested = *pick(&mut rng, &["true", "", "false"]);
        Line::new([PERSONS[1], *pick(&mut rng, &names), "true", interested, &clock::date(at)])
            .on(at)
            .of(PERSONS[1])
    });
    let header = "Profile Name,Show,Has Watched,Is Interested,Event Date";
    report.table("CONTENT_INTERACTION/IndicatedPreferences.csv", Style::Plain, header, rows)?;

    let at = plan.until - 200 * clock::DAY;
    let (child, of) = (PERSONS[CHILD], "Captain Mitten: Choose the Way");
    let row = Line::new([child, of, "USER", "SEG_2_CAVE", "true", "tvui", &clock::sql(at)]).at(at).of(child);
    let header = "Profile Name,Title Desc,Selection Type,Choice Segment Id,Has Watched,Source,Utc Timestamp";
    report.table("CONTENT_INTERACTION/InteractiveTitles.csv", Style::Plain, header, [row])
}

fn messages<W: Write + Seek>(report: &mut Report<W>, plan: &Plan, screen: &Screen) -> io::Result<()> {
    const KINDS: &[(&str, &str)] = &[
        ("EMAIL_NEW_ARRIVAL", "EMAIL"),
        ("EMAIL_TOP_PICKS_FOR_YOU", "EMAIL"),
        ("PUSH_NEW_ARRIVALS", "PUSH"),
        ("PUSH_CONTINUE_WATCHING", "PUSH"),
        ("Inapp New Arrivals", "NOTIFICATIONS"),
        ("Inapp Now Available", "ALERTS"),
    ];
    let mut rng = rng(plan.seed, "messages", 0);
    let names = screen.names();
    let times = moments(&mut rng, plan, plan.rows / 8 + 10);
    let rows = times.map(|at| {
        let (kind, channel) = *pick(&mut rng, KINDS);
        let clicked = rng.u8(..7) == 0;
        let click = if clicked { clock::sql(at + rng.i64(60..90_000)) } else { String::new() };
        let (domain, link) = if channel == "EMAIL" {
            ("example.org", "https://www.netflix.com/title/00000000")
        } else {
            ("", "")
        };
        let (person, name) = (*pick(&mut rng, &PERSONS[..2]), *pick(&mut rng, &names));
        let (device, count) =
            (if channel == "PUSH" { "Android Phone" } else { "--" }, if clicked { "1" } else { "0" });
        Line::new([
            person,
            &clock::sql(at),
            kind,
            channel,
            "NL",
            "en-NL",
            "en-NL",
            name,
            domain,
            link,
            &click,
            device,
            count,
        ])
        .at(at)
        .of(person)
    });
    let header = "Profile Name,Sent Utc Ts,Message Name,Channel,Country Iso Code,Account Locale,Email Locale,Title Name,\
                  Email Domain Name,Link Url,Click Utc Ts,Device Model,Click Cnt";
    report.table("MESSAGES/MessagesSentByNetflix.csv", Style::Plain, header, rows)
}

fn esn(device: usize) -> String {
    format!("EXAMPLE-00-{:016X}", 0xA000 + device)
}

fn iso_ms(at: i64) -> String {
    clock::iso(at).replace('Z', ".000Z")
}

fn devices<W: Write + Seek>(report: &mut Report<W>, plan: &Plan) -> io::Result<()> {
    let (first_at, last_at) = (plan.until - 300 * clock::DAY, plan.until - clock::DAY);
    let (first, last) = (iso_ms(first_at), iso_ms(last_at));
    let mut rows = Vec::new();
    for (i, device) in DEVICES.into_iter().enumerate() {
        for person in &PERSONS[..=i % 3] {
            let gone = if i == 4 { last.as_str() } else { "" };
            let (f, l) = (first.as_str(), last.as_str());
            // That it is there, four pairs of dates, and when it was signed out.
            let line = Line::new([person, esn(i).as_str(), device, f, l, f, l, f, l, f, l, gone]).of(person);
            let line = (0..4).fold(line.undated(1), |line, _| line.at(first_at).at(last_at));
            rows.push(if gone.is_empty() { line } else { line.at(last_at) });
        }
    }
    let header = "Profile Name,Esn,Device Type,Acct First Playback Date,Acct Last Playback Date,\
                  Acct First Playback Date For User Generated Plays,Acct Last Playback Date For User Generated Plays,\
                  Profile First Playback Date,Profile Last Playback Date,\
                  Profile First Playback Date For User Generated Plays,\
                  Profile Last Playback Date For User Generated Plays,Deactivation Time";
    report.table("DEVICES/Devices.csv", Style::Plain, header, rows)
}

/// Network addresses, all from blocks that are set aside for documentation.
fn addresses<W: Write + Seek>(
    report: &mut Report<W>,
    plan: &Plan,
    generation: NetflixGeneration,
) -> io::Result<()> {
    const IPS: &[&str] =
        &["192.0.2.17", "192.0.2.17", "2001:db8:10:2::5e", "192.0.2.130", "2001:db8:77:4::1c"];
    let mut rng = rng(plan.seed, "addresses", 0);
    let newest = generation == NetflixGeneration::Of2025;
    let times = moments(&mut rng, plan, plan.rows / 40 + 10);
    let rows = times.map(|at| {
        let device = rng.usize(..DEVICES.len());
        let (name, ip) = (DEVICES[device], *pick(&mut rng, IPS));
        let (esn, at_text) = (esn(device), iso_ms(at));
        let mut row = vec![esn.as_str(), "NL", name, name, ip, "Utrecht", &at_text];
        if newest {
            row.push("Kelder, Netherlands");
        }
        // The connection, its region, and the place nearby.
        let line = Line::new(row).at(at).at(at);
        if newest { line.at(at) } else { line }
    });
    let mut header =
        "Esn,Country,Localized Device Description,Device Description,Ip,Region Code Display Name,Ts"
            .to_owned();
    if newest {
        header.push_str(",Near Location");
    }
    let path = match generation {
        NetflixGeneration::Of2021 => "IP_ADDRESSES/IpAddresses.csv",
        _ => "IP_ADDRESSES/IpAddressesStreaming.csv",
    };
    report.table(path, Style::Plain, &header, rows)?;
    if generation == NetflixGeneration::Of2021 {
        return Ok(());
    }
    let header = "Esn,Country,Region Code,Device Description,Ip,Ts";
    let times = moments(&mut rng, plan, 14);
    let rows = times.map(|at| {
        let device = rng.usize(..DEVICES.len());
        Line::new([&esn(device), "NL", "UT", DEVICES[device], *pick(&mut rng, IPS), &clock::sql(at)])
            .at(at)
            .at(at)
    });
    report.table("IP_ADDRESSES/IpAddressesLogin.csv", Style::Plain, header, rows)?;
    let made = plan.until - 9 * 365 * clock::DAY;
    let row =
        Line::new(["EXAMPLE-00-0", "NL", "UT", "Website", "192.0.2.5", &clock::sql(made)]).at(made).at(made);
    report.table("IP_ADDRESSES/IpAddressesAccountCreation.csv", Style::Plain, header, [row])
}

fn money<W: Write + Seek>(report: &mut Report<W>, plan: &Plan) -> io::Result<()> {
    let mut rows = Vec::new();
    for month in 0..i64::from(plan.years.max(1)) * 12 {
        let paid = plan.until - (month * 30 + 9) * clock::DAY;
        let (day, end, next) =
            (clock::date(paid), clock::date(paid + 30 * clock::DAY), clock::date(paid + 30 * clock::DAY));
        // Each invoice stands there twice: asked for, then settled.
        for (status, result) in [("APPROVED", "SETTLED"), ("NEW", "")] {
            rows.push(
                Line::new([
                    &day,
                    &day,
                    &end,
                    "SUBSCRIPTION",
                    "CC",
                    "0000",
                    "2020-01-01",
                    "EXAMPLE PAY",
                    "13.99",
                    "EUR",
                    "2.43",
                    "13.99",
                    "SALE",
                    status,
                    result,
                    "NL",
                    &next,
                ])
                .on(paid),
            );
        }
    }
    let header = "Transaction Date,Service Period Start Date,Service Period End Date,Description,Payment Type,Mop Last 4,\
                  Mop Creation Date,Mop Pmt Processor Desc,Item Price Amt,Currency,Tax Amt,Gross Sale Amt,Pmt Txn Type,\
                  Pmt Status,Final Invoice Result,Country,Next Billing Date";
    report.table("PAYMENT_AND_BILLING/BillingHistory.csv", Style::Plain, header, rows)?;

    let opened_at = plan.until - 9 * 365 * clock::DAY;
    let opened = format!("{}.000+0000", clock::sql(opened_at));
    let row = Line::new([&opened, "0", "", "0", "Standard", "2", "HD", "", "", "", "", "", "", "", ""])
        .at(opened_at);
    let header = "Subscription Opened Ts,Is Free Trial At Signup,Subscription Closed Ts,Is Customer Initiated Cancel,\
                  Signup Plan Category,Signup Max Concurrent Streams,Signup Max Streaming Quality,Plan Change Date,\
                  Plan Change Old Category,Plan Change Old Max Concurrent Streams,Plan Change Old Max Streaming Quality,\
                  Plan Change New Category,Plan Change New Max Concurrent Streams,Plan Change New Max Streaming Quality,\
                  Cancellation Reason";
    report.table("ACCOUNT/SubscriptionHistory.csv", Style::Plain, header, [row])?;
    let minutes = [plan.until - 400 * clock::DAY, opened_at + 120].map(|at| at - at.rem_euclid(60));
    let accepted = minutes.map(|at| Line::new([clock::minute(at)]).at(at));
    report.table("ACCOUNT/TermsOfUse.csv", Style::Plain, "Tou Accepted Date", accepted)?;

    let (from, to) = (plan.until - 150 * clock::DAY, plan.until - 150 * clock::DAY + 840);
    let row = Line::new([&clock::sql(from), &clock::sql(to), "0", "1", "en", "RESOLVED", "", ""]).at(from);
    let header = "Contact Start Utc Ts,Contact End Utc Ts,Negative Survey Response Count,Survey Response Count,Language,\
                  End State,Cancel Reason,Cancel Reason Explained";
    report.table("CUSTOMER_SERVICE/CSContact.csv", Style::Plain, header, [row])
}

/// Which devices were counted to the household, one a day: seen since 2025.
fn household<W: Write + Seek>(report: &mut Report<W>, plan: &Plan) -> io::Result<()> {
    let mut rng = rng(plan.seed, "household", 0);
    let rows = moments(&mut rng, plan, 20).map(|at| {
        let device = rng.usize(..DEVICES.len());
        let home = if device == 3 { "No" } else { "Yes" };
        // That it was used, and what was taken from where.
        Line::new([&clock::sql(at), &esn(device), DEVICES[device], home]).at(at).at(at)
    });
    report.table(
        "ACCOUNT/AccessAndDevices.csv",
        Style::Plain,
        "Date,Esn,Devices,Part Of Netflix Household",
        rows,
    )
}
