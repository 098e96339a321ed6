//! Whether the data that is here is whole, on demand.

use super::damage::older;
use crate::wire::DataChecked;
use crate::{Core, Result, clock, journal};

impl Core {
    /// Reads everything that is here: each page against its code, tables against each other, the log against its signature and
    /// its anchor. Changes nothing.
    ///
    /// # Errors
    /// `Locked`; what does not fit is an answer.
    pub fn data_check(&self) -> Result<DataChecked> {
        let session = self.session()?;
        let checked = session.store.check()?;
        let mut faults: Vec<String> = checked.faults.into_iter().map(str::to_owned).collect();
        if session.store.verify_log(&session.log_key()).map_or(true, |log| log.fault.is_some()) {
            faults.push("log".to_owned());
        }
        if older(&session).unwrap_or_default() {
            faults.push("older".to_owned());
        }
        Ok(DataChecked {
            ok: faults.is_empty(),
            faults,
            records: journal::small(checked.records),
            checked_at: clock::rfc3339(clock::now()),
        })
    }
}
