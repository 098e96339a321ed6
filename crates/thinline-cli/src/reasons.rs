//! Why a file or a row is not read, in words. The ids are those of `--json`; one without words here stands for itself.

/// Why a file is not used, or could not be read to its end.
pub fn of_file(id: &str) -> &str {
    match id {
        "explains-archive" => "explains the archive",
        "not-read-yet" => "Thinline does not read it yet",
        "form-unknown" => "known by name, but its form is not known",
        "technical-log" => "technical events that say nothing about personalization",
        "unknown-columns" => {
            "its columns are not those that Thinline knows; it may be in another language or of a newer form"
        }
        "other-format" => "a page or document; the service offers it as a table or list",
        "unknown-name" => "no file of this name is known",
        "unknown-list" => "known by name, but not the list that stands in it",
        "no-rows" => "without a row",
        "nested-too-large" => {
            "an archive inside the archive, too large to open in there; import it by itself"
        }
        "nested-too-deep" => "an archive too deep inside other archives; import it by itself",
        "nested-encrypted" => "an archive inside the archive, with a password",
        "nested-damaged" => "an archive inside the archive, damaged",
        "nested-not-supported" => "an archive inside the archive, of a form that Thinline does not open",
        "damaged" => "damaged in the archive",
        "cut-off" => "ends too early",
        "method" => "packed in a way that Thinline does not read",
        "encrypted" => "encrypted",
        "wrong-format" => "not in the form that its name says",
        "date-order" => "its dates show no order, and none was given",
        "limit" => "larger than Thinline reads",
        other => other,
    }
}

/// Why rows are left out.
pub fn of_row(id: &str) -> &str {
    match id {
        "repeated" => "the same row stands twice in this export",
        "empty" => "the row holds nothing",
        "filtered" => "left out by the rules for this file",
        "counted" => "only counted; nothing of it is kept",
        "left-out-by-you" => "left out, as you chose: never imported",
        "crowded-second" => "at one and the same second as thousands of others",
        "unknown-list" => "in a list that Thinline does not know",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window says the same of the same: whoever reads both must not think that these are two things.
    #[test]
    fn reasons_have_the_words_of_the_window() {
        let texts = include_str!("../../../ui/src/text/en/import.ftl");
        let words = |prefix: &str, id: &str| {
            texts.lines().find_map(|line| line.strip_prefix(&format!("{prefix}-{id} = ")))
        };
        let mut all = 0;
        for line in texts.lines() {
            let Some((id, _)) = line.split_once(" = ") else { continue };
            if let Some(id) =
                id.strip_prefix("import-why-").filter(|id| !["none", "picture", "secret"].contains(id))
            {
                assert_eq!(words("import-why", id), Some(of_file(id)), "{id}");
                all += 1;
            }
            if let Some(id) = id.strip_prefix("import-broken-") {
                assert_eq!(words("import-broken", id), Some(of_file(id)), "{id}");
                all += 1;
            }
        }
        assert!(all > 15);
        for id in
            ["repeated", "empty", "filtered", "counted", "left-out-by-you", "crowded-second", "unknown-list"]
        {
            assert_eq!(words("import-reason", id), Some(of_row(id)), "{id}");
        }
    }
}
