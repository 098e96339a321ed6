//! What the tree promises, for trees of many sizes, and that another implementation agrees.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use proptest::prelude::*;
use proptest::sample::Index;
use sha2::Sha256;
use thinline_ledger::{Frontier, FrontierError, Hash, ProofError, tree};

fn leaf(n: u64) -> Hash {
    tree::leaf_hash(&n.to_be_bytes())
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count as u64).map(leaf).collect()
}

fn other_implementation(count: u64) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    (0..count).for_each(|n| tree.push(n.to_be_bytes().to_vec()));
    tree
}

#[test]
fn every_inclusion_proof_verifies_and_no_other_place_does() {
    for size in 1..=40 {
        let leaves = leaves(size);
        let root = tree::root(&leaves);
        for index in 0..size {
            let proof = tree::prove_inclusion(&leaves, index).unwrap();
            for place in 0..size {
                let result = tree::verify_inclusion(&leaves[index], place as u64, size as u64, &proof, &root);
                assert_eq!(result.is_ok(), place == index, "leaf {index} at {place} of {size}");
            }
        }
        assert_eq!(tree::prove_inclusion(&leaves, size), None);
    }
}

#[test]
fn every_consistency_proof_verifies_and_no_other_beginning_does() {
    for size in 0..=40_usize {
        let leaves = leaves(size);
        let root = tree::root(&leaves);
        for old in 0..=size {
            let proof = tree::prove_consistency(&leaves, old).unwrap();
            let old_root = tree::root(&leaves[..old]);
            assert_eq!(tree::verify_consistency(old as u64, &old_root, size as u64, &root, &proof), Ok(()));
            let mut forged = leaves[..old].to_vec();
            if let Some(first) = forged.first_mut() {
                *first = leaf(u64::MAX);
                let forged = tree::root(&forged);
                let result = tree::verify_consistency(old as u64, &forged, size as u64, &root, &proof);
                assert_eq!(result, Err(ProofError::Root), "{old} of {size}");
            }
        }
        assert_eq!(tree::prove_consistency(&leaves, size + 1), None);
    }
}

#[test]
fn a_shrunken_tree_is_consistent_with_nothing() {
    let root = tree::root(&leaves(3));
    assert_eq!(tree::verify_consistency(4, &root, 3, &root, &[]), Err(ProofError::Range));
    assert_eq!(tree::verify_inclusion(&leaf(0), 3, 3, &[], &root), Err(ProofError::Range));
}

#[test]
fn another_implementation_finds_the_same_roots_and_accepts_the_same_proofs() {
    for size in 1..=33_u64 {
        let other = other_implementation(size);
        let leaves = leaves(size as usize);
        let root = tree::root(&leaves);
        assert_eq!(other.root().as_bytes().as_slice(), root);
        let other_root = RootHash::<Sha256>::new(root.into(), size);
        for n in 0..size {
            let ours = tree::prove_inclusion(&leaves, n as usize).unwrap().concat();
            assert_eq!(other.prove_inclusion(n as usize).as_bytes(), ours, "inclusion of {n} in {size}");
            let proof = InclusionProof::<Sha256>::from_bytes(ours);
            other_root.verify_inclusion(&n.to_be_bytes().to_vec(), n, &proof).unwrap();
        }
        for old in 1..size {
            let ours = tree::prove_consistency(&leaves, old as usize).unwrap().concat();
            let theirs = other.prove_consistency((size - old) as usize);
            assert_eq!(theirs.as_bytes(), ours, "consistency of {old} and {size}");
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(ours).unwrap();
            let old_root = RootHash::<Sha256>::new(tree::root(&leaves[..old as usize]).into(), old);
            other_root.verify_consistency(&old_root, &proof).unwrap();
        }
    }
}

#[test]
fn a_leaf_cannot_be_passed_off_as_a_node() {
    let pair = [leaf(0), leaf(1)].concat();
    assert_ne!(tree::leaf_hash(&pair), tree::node_hash(&leaf(0), &leaf(1)));
}

#[test]
fn a_frontier_of_the_wrong_length_is_refused() {
    let mut frontier = Frontier::new();
    (0..5).for_each(|n| frontier.push(leaf(n)));
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 2 * 32);
    assert_eq!(Frontier::from_bytes(&bytes[..7]), Err(FrontierError::Length));
    assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 1]), Err(FrontierError::Length));
    assert_eq!(Frontier::from_bytes(&bytes[..bytes.len() - 32]), Err(FrontierError::Length));
    assert_eq!(Frontier::from_bytes(&[&bytes[..], &[0; 32]].concat()), Err(FrontierError::Length));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Changing one bit of one entry changes the root.
    #[test]
    fn a_changed_byte_changes_the_root(
        entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 1..40),
        which: Index, at: Index, bit in 0..8_u8,
    ) {
        let root = |entries: &[Vec<u8>]| tree::root(&entries.iter().map(|e| tree::leaf_hash(e)).collect::<Vec<_>>());
        let mut changed = entries.clone();
        let entry = which.index(entries.len());
        let byte = at.index(entries[entry].len());
        changed[entry][byte] ^= 1 << bit;
        prop_assert_ne!(root(&entries), root(&changed));
    }

    /// A frontier, stored and read back at any point, has the root of the whole list.
    #[test]
    fn a_frontier_has_the_root_of_the_list(size in 0..300_usize, stored_at: Index) {
        let leaves = leaves(size);
        let stop = stored_at.index(size + 1);
        let mut frontier = Frontier::new();
        leaves[..stop].iter().for_each(|leaf| frontier.push(*leaf));
        let mut frontier = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        leaves[stop..].iter().for_each(|leaf| frontier.push(*leaf));
        prop_assert_eq!(frontier.size(), size as u64);
        prop_assert_eq!(frontier.root(), tree::root(&leaves));
    }

    /// A proof that was changed anywhere, cut or lengthened proves nothing.
    #[test]
    fn a_changed_proof_proves_nothing(size in 2..200_usize, index: Index, hash: Index, bit in 0..256_usize) {
        let leaves = leaves(size);
        let (root, index) = (tree::root(&leaves), index.index(size));
        let proof = tree::prove_inclusion(&leaves, index).unwrap();
        let verify = |proof: &[Hash]| tree::verify_inclusion(&leaves[index], index as u64, size as u64, proof, &root);
        prop_assert_eq!(verify(&proof), Ok(()));
        let mut changed = proof.clone();
        changed[hash.index(proof.len())][bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(verify(&changed), Err(ProofError::Root));
        prop_assert_eq!(verify(&proof[1..]), Err(ProofError::Length));
        prop_assert_eq!(verify(&[&proof[..], &[root]].concat()), Err(ProofError::Length));
    }

    /// Proofs of one tree are worthless for a tree with another leaf in it.
    #[test]
    fn a_proof_for_another_tree_does_not_verify(size in 2..200_usize, index: Index, other: Index, old: Index) {
        let ours = leaves(size);
        let (index, other) = (index.index(size), other.index(size));
        let mut theirs = ours.clone();
        theirs[other] = leaf(u64::MAX);
        let root = tree::root(&theirs);
        let proof = tree::prove_inclusion(&ours, index).unwrap();
        prop_assert!(tree::verify_inclusion(&ours[index], index as u64, size as u64, &proof, &root).is_err());
        let old = 1 + old.index(size - 1);
        let proof = tree::prove_consistency(&ours, old).unwrap();
        let old_root = tree::root(&ours[..old]);
        prop_assert!(tree::verify_consistency(old as u64, &old_root, size as u64, &root, &proof).is_err());
    }
}
