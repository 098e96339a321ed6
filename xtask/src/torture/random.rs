//! Chance from a seed: the same seed chooses the same operations, places and moments. SplitMix64, since the crate that holds
//! this has no dependencies to spare.

pub struct Random(u64);

impl Random {
    /// One stream for each case, so that cases can be told in any order and by several threads.
    pub fn of(seed: u64, kind: &str, case: usize) -> Self {
        let mut random = Self(seed ^ (case as u64).wrapping_mul(0xd134_2543_de82_ef95));
        for byte in kind.bytes() {
            random.0 = random.next() ^ u64::from(byte);
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// Between 0 and 1.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_case_draws_the_same_and_another_draws_differently() {
        let draw = |seed, kind, case| {
            let mut random = Random::of(seed, kind, case);
            (0..4).map(|_| random.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1, "kill", 7), draw(1, "kill", 7));
        assert_ne!(draw(1, "kill", 7), draw(1, "kill", 8));
        assert_ne!(draw(1, "kill", 7), draw(1, "flip", 7));
        assert_ne!(draw(1, "kill", 7), draw(2, "kill", 7));
    }
}
