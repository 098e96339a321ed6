//! Which payloads a `payload.erased` entry says it erased: `payloads` in its own payload, as ranges of sequence numbers.
//!
//! Not here: erasing them. What would surprise: an entry whose payload is gone is whole only if a later entry, whose own
//! payload is there and fits, says so. Of a payload that is taken away without that, the check says that it is missing.

use serde_json::Value;

/// Sequence numbers as ranges, first and last included, in rising order.
pub fn ranges(seqs: &[u64]) -> Vec<[u64; 2]> {
    let mut seqs = seqs.to_vec();
    seqs.sort_unstable();
    let mut ranges: Vec<[u64; 2]> = Vec::new();
    for seq in seqs {
        match ranges.last_mut() {
            Some(last) if seq <= last[1].saturating_add(1) => last[1] = seq,
            _ => ranges.push([seq, seq]),
        }
    }
    ranges
}

/// The ranges that the payload of the `payload.erased` entry `seq` names; only what stood before that entry.
pub fn erased_by(seq: u64, payload: &str) -> Vec<[u64; 2]> {
    let Ok(payload) = serde_json::from_str::<Value>(payload) else { return Vec::new() };
    let Some(list) = payload.get("payloads").and_then(Value::as_array) else { return Vec::new() };
    let range = |value: &Value| {
        let [first, last] = value.as_array()?.as_slice() else { return None };
        let (first, last) = (first.as_u64()?, last.as_u64()?);
        (first <= last && last < seq).then_some([first, last])
    };
    list.iter().filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_ranges_and_read_back() {
        assert_eq!(ranges(&[7, 1, 2, 3, 3, 5]), [[1, 3], [5, 5], [7, 7]]);
        assert_eq!(ranges(&[]), Vec::<[u64; 2]>::new());
        let payload = serde_json::json!({ "payloads": ranges(&[7, 1, 2]) }).to_string();
        assert_eq!(erased_by(9, &payload), [[1, 2], [7, 7]]);
    }

    #[test]
    fn an_entry_erases_nothing_that_comes_after_it() {
        for bad in ["{\"payloads\":[[1,9]]}", "{\"payloads\":[[3,2]]}", "{\"payloads\":[[1]]}", "{}", "no"] {
            assert!(erased_by(9, bad).is_empty(), "{bad}");
        }
    }
}
