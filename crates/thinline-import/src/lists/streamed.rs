//! An element around rows that is longer than a row may be, like a playlist of a hundred thousand songs: read as it comes.
//!
//! What stands before its rows is what they take from it (`^name`); that is the order in which services write. The element as
//! a row of its own is what is left of it without the rows. If it breaks, there is no telling where it would have ended.

use super::{Aim, Crumb, Walk};
use crate::{
    FailReason, RowOutcome, SkipReason,
    frame::{Frame, frame},
    list::read_row,
    read::End,
};

impl Walk<'_, '_, '_, '_> {
    /// Reads the object at the input's place.
    pub(super) fn streamed(&mut self, aim: &Aim, account: usize) -> Result<(), End> {
        let before = self.rows_of(aim);
        let in_row = self.in_row;
        self.in_row |= aim.row.is_some();
        let mut own = b"{".to_vec();
        self.input.consume(1);
        let done = self.members(aim, account, &mut own);
        self.in_row = in_row;
        own.push(b'}');
        self.rows.enter(self.lists[account].part);
        match (done, aim.row) {
            (Err(End::Stopped), _) => return Err(End::Stopped),
            (Err(end), _) => {
                let why = if end == End::CutOff { FailReason::CutOff } else { FailReason::Malformed };
                self.rows.failed(why, &[])?;
                return Err(end);
            }
            (Ok(()), Some(at)) => {
                let key =
                    self.path.last().filter(|crumb| crumb.key.is_some()).map(|crumb| crumb.name.as_str());
                read_row(&mut self.lists[at], self.rows, key, &own, Vec::new())?;
            }
            (Ok(()), None) if self.rows_of(aim) == before => {
                self.rows.hand_over(RowOutcome::Skipped(SkipReason::Empty), &[])?;
            }
            (Ok(()), None) => {}
        }
        Ok(())
    }

    /// Goes through the members: into those that lead to rows, and gathers the others.
    fn members(&mut self, around: &Aim, account: usize, own: &mut Vec<u8>) -> Result<(), End> {
        loop {
            match self.input.peek() {
                None => return Err(End::CutOff),
                Some(b'}') => {
                    self.input.consume(1);
                    return Ok(());
                }
                Some(b',') => self.input.consume(1),
                Some(b'"') => {
                    let name = self.name()?;
                    self.path.push(Crumb::of(name));
                    let done = self.member_of(around, account, own);
                    self.path.pop();
                    done?;
                }
                Some(_) => return Err(End::Format),
            }
        }
    }

    fn member_of(&mut self, around: &Aim, account: usize, own: &mut Vec<u8>) -> Result<(), End> {
        let Some(first) = self.input.peek() else { return Err(End::CutOff) };
        if !self.aim().is_none() {
            let so_far = [own.as_slice(), b"}"].concat();
            let (known, _) = self.lists[account].maker.scrub().json(&so_far, None);
            let around_it = self.path.iter().rev().nth(1).filter(|crumb| crumb.key.is_some());
            let key = around_it.map(|crumb| crumb.name.clone());
            for at in &around.inner {
                self.lists[*at].look_around(&known, key.as_deref());
            }
            return self.value();
        }
        if first == b'[' && !self.in_row {
            // A list that no recipe reads is told.
            return self.value();
        }
        let limit = self.rows.limit().saturating_sub(own.len());
        let length = match frame(self.input, limit) {
            Frame::Whole(length) => length,
            Frame::TooLong(_) => return self.rows.progress(self.input.read()),
            Frame::CutOff(_) => return Err(End::CutOff),
        };
        if own.len() > 1 {
            own.push(b',');
        }
        let name = self.path.last().map(|crumb| crumb.name.as_str()).unwrap_or_default();
        own.extend(serde_json::to_vec(name).unwrap_or_default());
        own.push(b':');
        own.extend_from_slice(&self.input.window()[..length]);
        self.input.consume(length);
        Ok(())
    }

    /// The rows so far of all that lie in an element.
    pub(super) fn rows_of(&mut self, aim: &Aim) -> u64 {
        let parts: Vec<usize> = aim.inner.iter().map(|at| self.lists[*at].part).collect();
        parts.iter().map(|part| self.rows.parts()[*part].rows).sum()
    }
}
