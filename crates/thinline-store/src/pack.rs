//! Compact forms of lists: sightings and daily counts as delta-coded varints, original rows as zstd blocks.

use crate::{Result, StoreError};
use std::collections::BTreeMap;

/// Pairs of one stored sighting: enough to be worth a row, few enough to rewrite cheaply.
pub(crate) const PAIRS_PER_BLOCK: usize = 4096;

/// Packs (id, row) pairs that are sorted by id.
pub(crate) fn pack_pairs(pairs: &[(i64, u32)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pairs.len() * 6);
    let (mut id, mut row) = (0i64, 0i64);
    for &(next_id, next_row) in pairs {
        put(&mut out, zigzag(next_id - id));
        put(&mut out, zigzag(i64::from(next_row) - row));
        (id, row) = (next_id, i64::from(next_row));
    }
    out
}

/// Unpacks what [`pack_pairs`] made.
pub(crate) fn unpack_pairs(bytes: &[u8]) -> Result<Vec<(i64, u32)>> {
    let mut rest = bytes;
    let mut pairs = Vec::with_capacity(bytes.len() / 6);
    let (mut id, mut row) = (0i64, 0i64);
    while !rest.is_empty() {
        id += unzigzag(take(&mut rest)?);
        row += unzigzag(take(&mut rest)?);
        pairs.push((id, u32::try_from(row).map_err(|_| StoreError::Unreadable)?));
    }
    Ok(pairs)
}

/// Packs days in rising order.
pub(crate) fn pack_days(days: impl IntoIterator<Item = i32>) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0);
    for day in days {
        put(&mut out, zigzag(i64::from(day) - last));
        last = i64::from(day);
    }
    out
}

/// Unpacks what [`pack_days`] made.
pub(crate) fn unpack_days(bytes: &[u8]) -> Result<Vec<i32>> {
    let (mut rest, mut last, mut days) = (bytes, 0i64, Vec::new());
    while !rest.is_empty() {
        last += unzigzag(take(&mut rest)?);
        days.push(i32::try_from(last).map_err(|_| StoreError::Unreadable)?);
    }
    Ok(days)
}

/// Daily counts of a stretch: for each day its place, how many facets it has, and for each the step to it and the count.
pub(crate) fn pack_counts(counts: BTreeMap<(u8, u32), u32>) -> Vec<u8> {
    let mut out = Vec::with_capacity(counts.len() * 3);
    let counts: Vec<((u8, u32), u32)> = counts.into_iter().collect();
    for day in counts.chunk_by(|a, b| a.0.0 == b.0.0) {
        out.push(day.first().map_or(0, |first| first.0.0));
        put(&mut out, day.len() as u64);
        let mut last = 0;
        for ((_, facet), count) in day {
            put(&mut out, u64::from(facet - last));
            put(&mut out, u64::from(*count));
            last = *facet;
        }
    }
    out
}

/// Hands over (place of the day, facet, count) as packed, in order.
pub(crate) fn unpack_counts(mut rest: &[u8], mut each: impl FnMut(u8, u32, u32)) -> Result<()> {
    while let Some((day, behind)) = rest.split_first() {
        rest = behind;
        let facets = take(&mut rest)?;
        let mut facet = 0_u32;
        for _ in 0..facets {
            let step = u32::try_from(take(&mut rest)?).map_err(|_| StoreError::Unreadable)?;
            facet = facet.checked_add(step).ok_or(StoreError::Unreadable)?;
            let count = u32::try_from(take(&mut rest)?).map_err(|_| StoreError::Unreadable)?;
            each(*day, facet, count);
        }
    }
    Ok(())
}

fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn take(rest: &mut &[u8]) -> Result<u64> {
    let mut n = 0u64;
    for (at, byte) in rest.iter().enumerate().take(10) {
        n |= u64::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            *rest = &rest[at + 1..];
            return Ok(n);
        }
    }
    Err(StoreError::Unreadable)
}

/// Collects original rows until they fill a block.
#[derive(Default)]
pub(crate) struct RowBlock {
    raw: Vec<u8>,
    rows: usize,
    first: u32,
}

/// A block ends at whichever comes first. About 160 kB pack into about 16 kB, which fills a page of 16 KiB;
/// blocks of two thirds of that would each take a page for themselves and leave a third of it empty.
const BYTES_PER_BLOCK: usize = 160 << 10;
const ROWS_PER_BLOCK: usize = 1024;
/// No block unpacks to more: the longest row there can be, and what stands before it.
const MOST_PER_BLOCK: usize = 64 << 20;

impl RowBlock {
    /// Adds a row; rows come in rising order.
    pub(crate) fn push(&mut self, row: u32, original: &[u8]) {
        if self.rows == 0 {
            self.first = row;
        }
        put(&mut self.raw, u64::from(row));
        put(&mut self.raw, original.len() as u64);
        self.raw.extend_from_slice(original);
        self.rows += 1;
    }

    pub(crate) fn is_full(&self) -> bool {
        self.rows >= ROWS_PER_BLOCK || self.raw.len() >= BYTES_PER_BLOCK
    }

    /// Its first row; none while it is empty.
    pub(crate) fn first(&self) -> Option<u32> {
        (self.rows > 0).then_some(self.first)
    }

    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub(crate) fn clear(&mut self) {
        self.raw.clear();
        self.rows = 0;
    }
}

/// Compresses blocks. Kept while many are packed: its memory is as large as ten of them.
pub(crate) struct Packer(zstd::bulk::Compressor<'static>);

impl Packer {
    pub(crate) fn new() -> Result<Self> {
        // Faster levels gain nothing that can be measured beside the rest of an import.
        Ok(Self(zstd::bulk::Compressor::new(1)?))
    }

    pub(crate) fn pack(&mut self, raw: &[u8]) -> Result<Vec<u8>> {
        Ok(self.0.compress(raw)?)
    }
}

/// The content of a block.
pub(crate) fn unpack_block(data: &[u8]) -> Result<Vec<u8>> {
    zstd::bulk::decompress(data, size_of(data)).map_err(|_| StoreError::Damaged)
}

/// What a block says it unpacks to, within reason.
fn size_of(data: &[u8]) -> usize {
    let said = zstd::bulk::Decompressor::upper_bound(data).unwrap_or(MOST_PER_BLOCK);
    said.min(MOST_PER_BLOCK)
}

/// The rows of an unpacked block, in order.
pub(crate) fn rows_of_block(raw: &[u8]) -> Result<Vec<(u32, &[u8])>> {
    let mut rows = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let row = u32::try_from(take(&mut rest)?).map_err(|_| StoreError::Unreadable)?;
        let len = usize::try_from(take(&mut rest)?).map_err(|_| StoreError::Unreadable)?;
        rows.push((row, rest.get(..len).ok_or(StoreError::Unreadable)?));
        rest = &rest[len..];
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sightings_read_back(mut pairs in prop::collection::vec((-(1i64 << 52)..1i64 << 52, any::<u32>()), 0..300)) {
            pairs.sort_unstable();
            prop_assert_eq!(unpack_pairs(&pack_pairs(&pairs)).unwrap(), pairs);
        }

        #[test]
        fn days_read_back(days in prop::collection::btree_set(-800_000i32..800_000, 0..300)) {
            prop_assert!(unpack_days(&pack_days(days.iter().copied())).unwrap().into_iter().eq(days));
        }

        #[test]
        fn counts_read_back(counts in prop::collection::btree_map((0u8..32, any::<u32>()), any::<u32>(), 0..200)) {
            let mut read = std::collections::BTreeMap::new();
            unpack_counts(&pack_counts(counts.clone()), |day, facet, count| { read.insert((day, facet), count); }).unwrap();
            prop_assert_eq!(read, counts);
        }

        #[test]
        fn rows_read_back_from_their_block(rows in prop::collection::vec(".{0,80}", 1..200)) {
            let mut block = RowBlock::default();
            for (at, row) in rows.iter().enumerate() {
                block.push(at as u32 + 1, row.as_bytes());
            }
            let raw = unpack_block(&Packer::new().unwrap().pack(block.raw()).unwrap()).unwrap();
            let found = rows_of_block(&raw).unwrap();
            prop_assert_eq!(found.len(), rows.len());
            for (at, row) in rows.iter().enumerate() {
                prop_assert_eq!(found[at], (at as u32 + 1, row.as_bytes()));
            }
        }
    }

    #[test]
    fn a_cut_sighting_is_unreadable() {
        let bytes = pack_pairs(&[(1 << 40, 7), (1 << 41, 9)]);
        assert!(matches!(unpack_pairs(&bytes[..bytes.len() - 3]), Err(StoreError::Unreadable)));
    }
}
