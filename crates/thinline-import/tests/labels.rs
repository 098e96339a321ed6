//! What labels of guesses are taken to reveal: by words, however the service joins them, and never by a part of another word.

mod support;

use support::{folder, read_one};
use thinline_model::Sensitivity;

#[test]
fn a_label_is_special_by_its_words_and_not_by_a_part_of_another_word() {
    const LABELS: &[(&str, bool)] = &[
        ("content_music_instrumental", false),
        ("interest_environmental-science", false),
        ("interest_mental-health", true),
        ("3P_Custom_Mental_Illness_Help_US", true),
        ("3P_Custom_African_American_US", true),
        ("interest_asian-american-culture", true),
        ("1P_Custom_Union_Members", true),
        ("3P_Weight_Loss_UK", true),
    ];
    let labels: Vec<String> = LABELS.iter().map(|(label, _)| format!("\"{label}\"")).collect();
    let text = format!(r#"{{"inferences":[{}]}}"#, labels.join(","));
    let (_, kept) = read_one(&mut folder(&[("MyData/Inferences.json", &text)]), "spotify");
    assert_eq!(kept.records.len(), LABELS.len());
    for (record, (label, special)) in kept.records.iter().zip(LABELS) {
        assert_eq!(record.sensitivity == Sensitivity::Special, *special, "{label}");
    }
}
