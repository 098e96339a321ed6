//! Writes Spotify's "Technical log information" package of the same listener as `spotify_zip` of the same plan.
//!
//! One file per kind of event, some in pages: ads that were asked for, chosen and supplied by outside systems, what was
//! recommended, guesses, experiments, consents; and kinds that say only how the app ran, which are in `other_files`. It
//! reaches back nine weeks, as the real one does. No two rows of a file are the same fact.

use crate::{
    Plan, Written, clock,
    json::Json,
    music::Music,
    pack::{PDF, Pack},
    pick, rng,
};
use fastrand::Rng;
use std::io::{self, Seek, Write};

const ROOT: &str = "Spotify Technical Log Information";
const WEEKS: i64 = 9;
/// Rows of one page of an event's file.
const PAGE: usize = 5_000;
/// Outside ad systems, all invented.
const SYSTEMS: &[&str] = &["EXAMPLEDSP", "SampleExchange", "OTHERBID", "TideMedia"];
const ADVERTISED: &[&str] = &[
    "Example Shoes - Autumn",
    "Fjordkabel - Fiber at home",
    "Kettle & Crumb - Two for one",
    "Noordzee Ferries - Winter crossings",
    "Ostermoor Energie - Wechseln",
];

/// Writes the technical log package: about one ad request for every eight plays of the nine weeks, at least 200.
///
/// # Errors
/// If `w` cannot be written.
pub fn spotify_technical_log_zip(w: impl Write + Seek, plan: &Plan) -> io::Result<Written> {
    let music = Music::new(plan.seed);
    let days = i64::from(plan.years.max(1)) * 365;
    let asked = (plan.rows / 8 * (7 * WEEKS).unsigned_abs() / days.unsigned_abs()).clamp(200, 200_000);
    let mut log = Log { pack: Pack::new(w, plan.until), written: Written::default(), plan };
    let ads = asked as usize / 4;
    log.events("AdRequestEvent", asked as usize, true, ad_request)?;
    log.events("AdRequestServiceEvent", ads, true, ad_chosen)?;
    log.events("AdRequestServiceProgrammaticEvent", ads / 5, true, ad_from_exchange)?;
    log.events("DeviceIdentifier", 3, true, |_, n| {
        vec![
            ("message_deviceid", format!("example-device-{n}").into()),
            ("message_googleaid", uuid(n).into()),
        ]
    })?;
    log.events("HomeSectionResponse", 60, true, |rng, n| {
        vec![
            ("message_section", (*pick(rng, &["daily", "new", "again"])).into()),
            ("message_place", number(n)),
        ]
    })?;
    log.events("DaylistGenerated", 40, true, |rng, n| {
        let artist = pick(rng, &music.artists[..60]);
        vec![("message_title", format!("{} morning {n}", artist.name.to_lowercase()).into())]
    })?;
    log.events("WwwExperiments", 12, true, |_, n| vec![("message_variant", format!("variant-{n}").into())])?;
    log.events("CarDetectionEvent", 5, true, |rng, _| {
        vec![("message_is_car_connected", rng.bool().into()), ("message_reason", "bluetooth".into())]
    })?;
    log.events("CookieConsentPreferenceData", 2, true, |_, n| {
        vec![("message_groups", format!("{{C0004={n}}}").into())]
    })?;
    log.events("DownloadStarted", 30, false, |_, n| vec![("message_number", number(n))])?;
    log.events("BoomboxPlaybackSession", 80, false, |_, n| vec![("message_number", number(n))])?;
    let read_me = format!("{ROOT}/ReadMeFirst_TechnicalLogInformation.pdf");
    log.pack.file(&read_me, PDF)?;
    log.written.other(&read_me, 0);
    log.pack.finish()?;
    Ok(log.written)
}

/// The payload of an event: keys that begin with `message_`.
type Payload = Vec<(&'static str, Json)>;

struct Log<'a, W: Write + Seek> {
    pack: Pack<W>,
    written: Written,
    plan: &'a Plan,
}

impl<W: Write + Seek> Log<'_, W> {
    /// Writes the files of one kind of event; `read`: whether an import makes facts of them.
    fn events(
        &mut self,
        event: &'static str,
        rows: usize,
        read: bool,
        payload: impl Fn(&mut Rng, u32) -> Payload,
    ) -> io::Result<()> {
        let mut rng = rng(self.plan.seed, event, 0);
        let span = WEEKS * 7 * clock::DAY;
        let step = (span / i64::try_from(rows.max(1)).unwrap_or(span)).max(1);
        let (mut page, mut left, mut number) = (0, rows, 0_u32);
        while left > 0 {
            let count = left.min(PAGE);
            let mut list = Vec::with_capacity(count);
            for _ in 0..count {
                let at = self.plan.until - span + i64::from(number) * step;
                list.push(row(at, payload(&mut rng, number)));
                if read {
                    self.written.dated(at, 0);
                }
                number += 1;
            }
            let number = if page == 0 { String::new() } else { format!("_{page}") };
            let path = format!("{ROOT}/{event}{number}.json");
            serde_json::to_writer(self.pack.start(&path)?, &Json::from(list))?;
            if read {
                self.written.file(&path, count as u64, count as u64);
            } else {
                self.written.other(&path, count as u64);
            }
            (page, left) = (page + 1, left - count);
        }
        Ok(())
    }
}

/// The keys that all events have, then the payload.
fn row(at: i64, payload: Payload) -> Json {
    let mut row: Payload = vec![
        ("timestamp_utc", clock::iso(at).replace('Z', ".114Z").into()),
        ("context_time", Json::Number(at.unsigned_abs() * 1_000 + 114)),
        ("context_conn_country", "NL".into()),
        ("context_device_model", "EX-100".into()),
        ("context_device_type", ().into()),
    ];
    row.extend(payload);
    Json::Object(row)
}

fn ad_request(rng: &mut Rng, n: u32) -> Payload {
    let types: Vec<&str> = if rng.u8(..3) == 0 { vec!["AUDIO", "DISPLAY"] } else { vec!["AUDIO"] };
    vec![
        ("message_feature_identifier", (*pick(rng, &["home", "now-playing", "search"])).into()),
        ("message_requested_ad_types", types.into()),
        ("message_requested_ad_type", ().into()),
        ("message_latency_ms", number(40 + n % 90)),
        ("message_http_error_code", if rng.u8(..50) == 0 { number(503) } else { Json::Null }),
    ]
}

/// Every fourth request finds no ad.
fn ad_chosen(rng: &mut Rng, n: u32) -> Payload {
    let filled = n % 4 != 3;
    let id = if filled { format!("9{n:08}") } else { String::new() };
    vec![
        ("message_ad_id", id.into()),
        ("message_ad_type", "AUDIO".into()),
        ("message_ars_slot_type", (*pick(rng, &["preroll", "midroll"])).into()),
        ("message_audio_files", (if filled { "[a.ogg, b.ogg]" } else { "[]" }).into()),
        ("message_num_ads_returned", number(u32::from(filled))),
        ("message_ip_country", "NL".into()),
        ("message_user_agent", "Example/1.0".into()),
        ("message_request_id", uuid(n).into()),
        ("message_tracking_event_counts", (if filled { "{start=1, complete=1}" } else { "{}" }).into()),
    ]
}

fn ad_from_exchange(rng: &mut Rng, n: u32) -> Payload {
    let first = *pick(rng, SYSTEMS);
    vec![
        ("message_ad_id", format!("9{n:08}").into()),
        ("message_ad_system", first.into()),
        ("message_ad_title", (*pick(rng, ADVERTISED)).into()),
        ("message_intermediate_ad_systems", format!("[{first}, {}]", pick(rng, SYSTEMS)).into()),
        ("message_intermediate_urls", "[ads.example.net, bid.example.com]".into()),
        ("message_redirect_count", number(1 + n % 3)),
        ("message_request_id", uuid(n).into()),
    ]
}

fn number(n: u32) -> Json {
    Json::from(n)
}

/// Zeros in front, so that it is nobody's.
fn uuid(n: u32) -> String {
    format!("00000000-0000-4000-8000-0000{n:08x}")
}
