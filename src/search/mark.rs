//! Marks of content: short names that change with what they name.

/// A mark of content in the making (FNV-1a).
#[derive(Debug, Clone, Copy)]
pub struct Mark(u64);

impl Default for Mark {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Mark {
    /// Adds a piece of the content.
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // Where a piece ends is part of the content.
        self.0 = (self.0 ^ 0x1FF).wrapping_mul(0x0100_0000_01b3);
    }

    /// Ten small letters: no digits, which could be taken for a part of a number, and nothing that a file system folds.
    pub fn name(self) -> String {
        const LETTERS: [char; 16] =
            ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'k', 'm', 'n', 'p', 'r', 's', 't', 'w'];
        (0..10)
            .map(|at| {
                let four = (self.0 >> (60 - 4 * at)) & 15;
                usize::try_from(four).map_or('a', |four| LETTERS[four])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(pieces: &[&str]) -> String {
        let mut mark = Mark::default();
        for piece in pieces {
            mark.add(piece.as_bytes());
        }
        mark.name()
    }

    #[test]
    fn a_mark_is_that_of_the_content_and_its_pieces() {
        assert_eq!(name(&["a", "b"]), name(&["a", "b"]));
        assert_ne!(name(&["a", "b"]), name(&["ab"]));
        assert_ne!(name(&["a"]), name(&["b"]));
        assert!(name(&["x"]).chars().all(|c| c.is_ascii_lowercase()));
    }
}
