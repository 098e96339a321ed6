//! Dates that can be read in two ways: found before anything is stored, and asked about once for the whole archive.

use super::Opened;
use crate::Result;
use crate::wire::Code;
use thinline_catalogue::Service;
use thinline_import::{DateColumn, DateOrder, FileState, PlannedFile, date_column};

/// Gives every file whose dates show no order the one that the person said.
///
/// # Errors
/// `DateOrder` if nobody said one: nothing was read then.
pub(super) fn settle(
    opened: &mut Opened,
    plan: &mut [PlannedFile],
    service: &Service,
    said: Option<DateOrder>,
) -> Result<()> {
    for file in plan.iter_mut().filter(|file| file.state == FileState::Read) {
        // A file that cannot be opened is told where it is read.
        if let Ok(Some(DateColumn::Ambiguous { .. })) = date_column(&mut opened.archive, file, service) {
            file.date_order = Some(said.ok_or(Code::DateOrder)?);
        }
    }
    Ok(())
}
