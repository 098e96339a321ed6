//! Any order of imports and undos ends where importing the remaining archives afresh ends.

use crate::archives;
use crate::home::{Home, facts};
use proptest::prelude::*;
use std::path::PathBuf;
use thinline_core::StatKey;
use thinline_core::wire::Filter;

/// What a person sees, without what depends on the order.
fn seen(home: &Home) -> [Vec<String>; 4] {
    let lines = |counts: Vec<(String, u32)>| {
        counts.into_iter().map(|(key, count)| format!("{key} {count}")).collect()
    };
    [
        facts(home.walk(&Filter::default())),
        facts(home.walk(&Filter { search: "the".to_owned(), ..Filter::default() })),
        lines(home.counts(StatKey::Day, &Filter::default())),
        lines(home.counts(StatKey::Category, &Filter::default())),
    ]
}

fn fresh(archives: impl Iterator<Item = PathBuf>) -> Home {
    let home = Home::new();
    for path in archives {
        home.import(&path);
    }
    home
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_imports_and_undos_ends_as_the_remaining_ones_alone(steps in prop::collection::vec(0_usize..3, 1..9)) {
        let home = Home::new();
        let cuts = archives::cuts(home.path(), 220, &[0..120, 60..170, 100..210]);
        let mut standing: [Option<u32>; 3] = [None; 3];
        for at in steps {
            // What is there goes, what is not there comes.
            standing[at] = match standing[at] {
                Some(id) => {
                    home.core.undo_import(id).unwrap();
                    None
                }
                None => Some(home.import(&cuts[at]).id),
            };
        }
        let remaining = standing.iter().zip(&cuts).filter(|(id, _)| id.is_some()).map(|(_, path)| path.clone());
        prop_assert_eq!(seen(&home), seen(&fresh(remaining)));
        home.log_holds();
    }
}
