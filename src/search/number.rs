//! Numbers as signs: five bits a sign, the lowest first, and a sixth that says that more follow.

/// Letters and punctuation. No digit, so that no list can look like a 個人番号; nothing that a script or JSON would escape.
pub const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-.";

/// Writes a number.
pub fn push(out: &mut String, mut number: u32) {
    loop {
        let more = if number > 31 { 32 } else { 0 };
        let sign = SIGNS[usize::try_from((number & 31) | more).unwrap_or_default()];
        out.push(char::from(sign));
        number >>= 5;
        if number == 0 {
            return;
        }
    }
}

/// Writes rising numbers, each as the difference to the one before.
pub fn rising(numbers: &[u32]) -> String {
    let mut out = String::with_capacity(numbers.len() * 3);
    let mut before = 0;
    for number in numbers {
        push(&mut out, number - before);
        before = *number;
    }
    out
}

/// The numbers of a list.
pub fn read(list: &str) -> Vec<u32> {
    let (mut numbers, mut number, mut shift) = (Vec::new(), 0, 0);
    for sign in list.bytes() {
        let bits = SIGNS.iter().position(|s| *s == sign).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        number |= (bits & 31) << shift;
        shift += 5;
        if bits < 32 {
            numbers.push(number);
            (number, shift) = (0, 0);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signs_are_distinct_and_no_digits() {
        let distinct: std::collections::BTreeSet<_> = SIGNS.iter().collect();
        assert_eq!(distinct.len(), 64);
        assert!(SIGNS.iter().all(|s| !s.is_ascii_digit() && !b"\"\\<>'".contains(s)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec(any::<u32>(), 0..50)) {
            let mut list = String::new();
            for number in &numbers {
                push(&mut list, *number);
            }
            prop_assert_eq!(read(&list), numbers);
        }
    }
}
