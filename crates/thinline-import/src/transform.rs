//! The named transforms of recipes: from a text to a text. Nothing is left where there is nothing of the kind.

use std::borrow::Cow;
use thinline_catalogue::Transform;

/// What a transform makes of a text.
pub(crate) fn apply(transform: Transform, text: &str) -> String {
    match transform {
        Transform::Scala => plain(text),
        Transform::WithoutTags => outside(text),
        Transform::Tags => inside(text),
        Transform::EventCounts => event_counts(text),
        Transform::Audience => if is_uuid(text) { UNNAMED } else { text }.to_owned(),
        Transform::AudienceId => if is_uuid(text) { text } else { "" }.to_owned(),
        Transform::WithoutUser => users(text).0,
        Transform::User => users(text).1.join("; "),
    }
}

/// `[a, b]`, `List(a, b)` as `a, b`; `{k=v}`, `Map(k -> v)` as `k: v`. Any other text stays as it is.
fn plain(text: &str) -> String {
    let text = text.trim();
    let within = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let list = ["[", "List("].iter().zip(["]", ")"]).find_map(|(open, close)| within(open, close));
    if let Some(list) = list {
        return list.trim().to_owned();
    }
    let pairs = |text: &str, sign: &str| {
        let pair = |one: &str| match one.split_once(sign) {
            Some((key, value)) => format!("{}: {}", key.trim(), value.trim()),
            None => one.trim().to_owned(),
        };
        text.split(',').map(pair).collect::<Vec<_>>().join(", ")
    };
    match (within("{", "}"), within("Map(", ")")) {
        (Some(map), _) => pairs(map, "="),
        (None, Some(map)) => pairs(map, "->"),
        (None, None) => text.to_owned(),
    }
}

/// What stands outside of square brackets.
fn outside(text: &str) -> String {
    let pieces = text.split('[').enumerate();
    let kept =
        pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split_once(']').map_or("", |cut| cut.1) });
    let joined: String = kept.collect::<Vec<_>>().join(" ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands inside of square brackets.
fn inside(text: &str) -> String {
    let tags = text.split('[').skip(1).filter_map(|piece| piece.split_once(']'));
    tags.map(|(tag, _)| tag.trim()).filter(|tag| !tag.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The kinds of events that are told apart; players report a handful.
const EVENT_KINDS: usize = 12;

#[derive(serde::Deserialize)]
struct Event<'a> {
    #[serde(rename = "eventType", borrow)]
    kind: Cow<'a, str>,
}

/// `start 1, paused 2`, in the order in which they first come.
fn event_counts(text: &str) -> String {
    let Ok(events) = serde_json::from_str::<Vec<Event<'_>>>(text) else { return String::new() };
    let mut counts: Vec<(Cow<'_, str>, u32)> = Vec::new();
    for event in events {
        match counts.iter().position(|(kind, _)| *kind == event.kind) {
            Some(at) => counts[at].1 += 1,
            None if counts.len() < EVENT_KINDS => counts.push((event.kind, 1)),
            None => {}
        }
    }
    counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ")
}

/// What a label is called that is only a number.
const UNNAMED: &str = "unnamed audience";

/// Whether a text is nothing but a UUID, with or without hyphens.
fn is_uuid(text: &str) -> bool {
    let text = text.trim();
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let form = groups == [8, 4, 4, 4, 12] || groups == [32];
    form && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// Behind these stands the name of a person.
const USERS: [&str; 2] = ["spotify:user:", "/user/"];

/// The text with `…` for each name of a person, and the names.
fn users(text: &str) -> (String, Vec<&str>) {
    let (mut kept, mut names, mut rest) = (String::new(), Vec::new(), text);
    while let Some((at, sign)) = USERS.iter().filter_map(|sign| Some((rest.find(sign)?, sign))).min() {
        let (before, behind) = rest.split_at(at + sign.len());
        let length =
            behind.find(|c: char| ":/?#,;&\"'".contains(c) || c.is_whitespace()).unwrap_or(behind.len());
        kept.push_str(before);
        if length > 0 {
            kept.push('…');
            names.push(&behind[..length]);
        }
        rest = &behind[length..];
    }
    kept.push_str(rest);
    (kept, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_by_kind() {
        let text = r#"[{"eventType":"start","sessionOffsetMs":0},{"eventType":"paused"},{"eventType":"paused","x":[1]}]"#;
        assert_eq!(event_counts(text), "start 1, paused 2");
        for text in ["", "[]", "{}", "[{\"other\":1}]", "[{\"eventType\":\"start\"", "not json"] {
            assert_eq!(event_counts(text), "", "{text}");
        }
    }

    #[test]
    fn persons_in_addresses_are_told_from_what_they_made() {
        for (text, kept, names) in [
            ("spotify:user:robin.example:playlist:0000", "spotify:user:…:playlist:0000", "robin.example"),
            ("spotify:user:robin.example", "spotify:user:…", "robin.example"),
            ("https://open.spotify.com/user/kim?si=1", "https://open.spotify.com/user/…?si=1", "kim"),
            (
                "spotify:user:a; spotify:track:1; spotify:user:b",
                "spotify:user:…; spotify:track:1; spotify:user:…",
                "a; b",
            ),
            ("spotify:track:0000", "spotify:track:0000", ""),
            ("spotify:user:", "spotify:user:", ""),
            ("", "", ""),
        ] {
            assert_eq!(apply(Transform::WithoutUser, text), kept, "{text}");
            assert_eq!(apply(Transform::User, text), names, "{text}");
        }
    }

    #[test]
    fn a_label_that_is_only_a_number_names_nobody() {
        for text in ["00000000-0000-4000-8000-000000000000", "0123456789abcdef0123456789ABCDEF"] {
            assert_eq!(apply(Transform::Audience, text), "unnamed audience");
            assert_eq!(apply(Transform::AudienceId, text), text);
        }
        for text in ["1P_00000000-0000-4000-8000-000000000000", "interest_music", "00000000", "----", ""] {
            assert_eq!(apply(Transform::Audience, text), text);
            assert_eq!(apply(Transform::AudienceId, text), "");
        }
    }

    #[test]
    fn scala_texts_become_plain() {
        for (text, wanted) in [
            ("[EXAMPLEDSP, OTHER]", "EXAMPLEDSP, OTHER"),
            ("List(a, b)", "a, b"),
            ("[]", ""),
            ("{start=1, end=2}", "start: 1, end: 2"),
            ("Map(city -> Sample Town)", "city: Sample Town"),
            ("a plain text", "a plain text"),
            ("[half", "[half"),
        ] {
            assert_eq!(apply(Transform::Scala, text), wanted, "{text}");
        }
    }

    #[test]
    fn tags_leave_a_label_and_are_kept_beside_it() {
        for (text, label, tags) in [
            ("content_podcasts_history [Insights Only]", "content_podcasts_history", "Insights Only"),
            (
                "[Advertiser-Restricted] 2P_Example [Restricted Use]",
                "2P_Example",
                "Advertiser-Restricted, Restricted Use",
            ),
            ("3P_Custom_Hikers_US", "3P_Custom_Hikers_US", ""),
            ("a [half", "a", ""),
            ("[Test]", "", "Test"),
        ] {
            assert_eq!(apply(Transform::WithoutTags, text), label, "{text}");
            assert_eq!(apply(Transform::Tags, text), tags, "{text}");
        }
    }
}
