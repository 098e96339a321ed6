//! Merkle tree hashing as in RFC 6962 (section 2.1), with the proof checks of RFC 9162 (section 2.1).
//!
//! Works on leaf hashes in memory. Leaves and nodes are hashed with different prefixes, so neither can be
//! passed off as the other. Appending without all leaves at hand is what [`crate::Frontier`] is for.

use sha2::{Digest, Sha256};

/// A SHA-256 value: a leaf, a node or a root.
pub type Hash = [u8; 32];

/// Why a proof shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The place is not in a tree of this size, or the older tree is the larger one.
    #[error("the proof is about a place outside the tree")]
    Range,
    /// The proof has too few or too many hashes for these sizes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The proof leads to another root.
    #[error("the proof belongs to another tree")]
    Root,
}

/// The hash of a leaf.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of a node from its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the tree without leaves.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The root over a list of leaf hashes.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// The hashes that lead from leaf `index` to the root; `None` when there is no such leaf.
pub fn prove_inclusion(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut proof, sibling) = if index < at {
        (prove_inclusion(left, index)?, root(right))
    } else {
        (prove_inclusion(right, index - at)?, root(left))
    };
    proof.push(sibling);
    Some(proof)
}

/// Checks that `leaf` is at `index` in the tree of `size` leaves with this root.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Range);
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            skip_levels_without_sibling(&mut node, &mut last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match (last, hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// The hashes that show that the tree of the first `old_size` leaves is the beginning of this one; `None` when
/// `old_size` is larger than the tree. Empty when there is nothing to show (size 0, or the same size).
pub fn prove_consistency(leaves: &[Hash], old_size: usize) -> Option<Vec<Hash>> {
    if old_size > leaves.len() {
        return None;
    }
    if old_size == 0 || old_size == leaves.len() {
        return Some(Vec::new());
    }
    Some(consistency_below(leaves, old_size, true))
}

/// `whole`: the older tree is exactly the subtree reached so far, so its hash is known to the verifier.
fn consistency_below(leaves: &[Hash], old_size: usize, whole: bool) -> Vec<Hash> {
    if old_size == leaves.len() {
        return if whole { Vec::new() } else { vec![root(leaves)] };
    }
    let at = split(leaves.len());
    let (left, right) = leaves.split_at(at);
    let (mut proof, sibling) = if old_size <= at {
        (consistency_below(left, old_size, whole), root(right))
    } else {
        (consistency_below(right, old_size - at, false), root(left))
    };
    proof.push(sibling);
    proof
}

/// Checks that the tree of `size` leaves extends the tree of `old_size` leaves.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old_size > size {
        return Err(ProofError::Range);
    }
    if old_size == size || old_size == 0 {
        return nothing_added_or_nothing_before(old_size, old_root, size, new_root, proof);
    }
    let (start, siblings) = if old_size.is_power_of_two() {
        (*old_root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(ProofError::Length)?;
        (*first, rest)
    };
    climb_both(old_size, old_root, size, new_root, start, siblings)
}

fn nothing_added_or_nothing_before(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if !proof.is_empty() {
        return Err(ProofError::Length);
    }
    let old_is_right = old_size != 0 || *old_root == empty_root();
    let same_is_same = old_size != size || old_root == new_root;
    if old_is_right && same_is_same { Ok(()) } else { Err(ProofError::Root) }
}

/// Rebuilds both roots from the same hashes: the older one from what lies to the left, the newer from all.
fn climb_both(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    new_root: &Hash,
    start: Hash,
    siblings: &[Hash],
) -> Result<(), ProofError> {
    let (mut node, mut last) = (old_size - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (start, start);
    for sibling in siblings {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            skip_levels_without_sibling(&mut node, &mut last);
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match (last, old == *old_root && new == *new_root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// At the right edge a node may have no sibling on some levels; no hash stands in the proof for those.
fn skip_levels_without_sibling(node: &mut u64, last: &mut u64) {
    while *node & 1 == 0 && *node != 0 {
        *node >>= 1;
        *last >>= 1;
    }
}

/// The largest power of two below `len`; `len` is at least 2.
fn split(len: usize) -> usize {
    1 << (len - 1).ilog2()
}
