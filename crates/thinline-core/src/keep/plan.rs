//! When backups are made, where they lie, and which are kept. Pure, apart from the small file that remembers it.
//!
//! It lies outside the vault, since it is needed when the vault does not open. A file that does not read means what is set at
//! first: daily, into the data folder.

use crate::wire::Code;
use crate::{Dirs, Result, fault, vault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The ending of a backup's name.
pub(super) const ENDING: &str = "tlbackup";
const DAY: i64 = 24 * 60 * 60;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Every {
    Off,
    Daily,
    Weekly,
}

impl Every {
    pub fn id(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    pub fn parse(text: &str) -> Result<Self> {
        let every = [Self::Off, Self::Daily, Self::Weekly].into_iter().find(|every| every.id() == text);
        every.ok_or_else(|| Code::BadValue.into())
    }

    /// Whether it is time again, `now` being seconds since 1970. A last time in the future says nothing: the clock was changed.
    pub fn is_due(self, last: Option<i64>, now: i64) -> bool {
        let wait = match self {
            Self::Off => return false,
            Self::Daily => DAY,
            Self::Weekly => 7 * DAY,
        };
        last.is_none_or(|last| last > now || now - last >= wait)
    }
}

/// What the person set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    pub every: Every,
    /// Another folder than the one in the data folder.
    pub folder: Option<PathBuf>,
    /// The newest that are kept.
    pub newest: u32,
    /// Months of which the newest is kept, too.
    pub months: u32,
}

impl Default for Plan {
    fn default() -> Self {
        Self { every: Every::Daily, folder: None, newest: 7, months: 12 }
    }
}

fn path(dirs: &Dirs) -> PathBuf {
    dirs.config.join("backups.json")
}

impl Plan {
    pub fn load(dirs: &Dirs) -> Self {
        let text = std::fs::read(path(dirs)).unwrap_or_default();
        serde_json::from_slice(&text).ok().filter(Self::fits).unwrap_or_default()
    }

    pub fn save(&self, dirs: &Dirs) -> Result<()> {
        if !self.fits() {
            return Err(Code::BadValue.into());
        }
        let failed = |error: std::io::Error| fault::io(&error, Code::ReadOnly);
        let text = serde_json::to_vec(self).map_err(|_| Code::Internal)?;
        vault::make_private_dir(&dirs.config).map_err(failed)?;
        vault::write_private(&path(dirs), &text).map_err(failed)
    }

    fn fits(&self) -> bool {
        (1..=1000).contains(&self.newest) && self.months <= 120
    }

    pub fn folder(&self, dirs: &Dirs) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| dirs.data.join("backups"))
    }

    /// Of backups, the newest first and each with its month (`2026-11`), those that are not kept.
    pub fn surplus<'a, T>(&self, backups: &'a [(String, T)]) -> Vec<&'a T> {
        let mut months = BTreeSet::new();
        let mut surplus = Vec::new();
        for (n, (month, backup)) in backups.iter().enumerate() {
            let first_of_month = months.insert(month) && months.len() <= self.months as usize;
            if n >= self.newest as usize && !first_of_month {
                surplus.push(backup);
            }
        }
        surplus
    }
}

/// The name of a backup made at a time of the form `2026-11-24T10:15:00Z`.
pub(super) fn name(made_at: &str) -> String {
    let time: String = made_at.chars().filter(|c| *c != ':').take(17).collect();
    format!("thinline-{time}Z.{ENDING}")
}

/// Whether a file's name is one that [`name`] gives.
pub(super) fn is_name(path: &Path) -> bool {
    let Some(text) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let form = b"thinline-dddd-dd-ddTddddddZ";
    let Some(stem) = text.strip_suffix(&format!(".{ENDING}")) else { return false };
    stem.len() == form.len()
        && stem
            .bytes()
            .zip(form)
            .all(|(b, f)| if *f == b'd' && b != b'd' { b.is_ascii_digit() } else { b == *f })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(of: &[&str]) -> Vec<(String, usize)> {
        of.iter().enumerate().map(|(n, month)| ((*month).to_owned(), n)).collect()
    }

    #[test]
    fn the_newest_and_one_of_each_month_of_a_year_are_kept() {
        let plan = Plan { newest: 2, months: 3, ..Plan::default() };
        let all = months(&["11", "11", "11", "10", "10", "09", "08", "07"]);
        assert_eq!(plan.surplus(&all), [&2, &4, &6, &7]);
        assert!(plan.surplus(&all[..2]).is_empty());
        let one = Plan { newest: 1, months: 0, ..Plan::default() };
        assert_eq!(one.surplus(&months(&["11", "10"])), [&1]);
    }

    #[test]
    fn it_is_due_after_a_day_or_a_week_and_when_the_clock_went_back() {
        let now = 1_800_000_000;
        assert!(Every::Daily.is_due(None, now));
        assert!(!Every::Daily.is_due(Some(now - DAY + 1), now));
        assert!(Every::Daily.is_due(Some(now - DAY), now));
        assert!(!Every::Weekly.is_due(Some(now - 6 * DAY), now));
        assert!(Every::Weekly.is_due(Some(now - 7 * DAY), now));
        assert!(Every::Weekly.is_due(Some(now + 1), now));
        assert!(!Every::Off.is_due(None, now));
    }

    #[test]
    fn only_names_that_were_given_here_are_taken_for_backups() {
        let made = name("2026-11-24T10:15:00Z");
        assert_eq!(made, "thinline-2026-11-24T101500Z.tlbackup");
        assert!(is_name(Path::new("/invented").join(&made).as_path()));
        for other in
            ["thinline-2026-11-24T101500Z.zip", "thinline.tlbackup", "my-2026-11-24T101500Z.tlbackup", ""]
        {
            assert!(!is_name(Path::new(other)), "{other}");
        }
        assert!(!is_name(Path::new("thinline-2026-11-24T10150xZ.tlbackup")));
    }
}
