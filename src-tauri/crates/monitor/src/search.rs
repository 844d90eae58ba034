//! Substring search that takes ASCII letters of either case, at the speed of memory.

use memchr::arch::all::packedpair::Pair;
use memchr::memmem::Finder;

/// Starts looked at together; the compiler turns the comparison of a block into vector instructions.
const BLOCK: usize = 64;

/// A text to look for.
pub(crate) enum Needle {
    /// It has no letters: the library's search is the fastest.
    Exact(Box<Finder<'static>>),
    Folded(Folded),
}

impl Needle {
    pub(crate) fn new(text: &str) -> Self {
        if text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            Self::Folded(Folded::new(text))
        } else {
            Self::Exact(Box::new(Finder::new(text).into_owned()))
        }
    }

    /// Where it is found first.
    pub(crate) fn find(&self, hay: &[u8]) -> Option<usize> {
        match self {
            Self::Exact(finder) => finder.find(hay),
            Self::Folded(folded) => folded.find(hay),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Exact(finder) => finder.needle().len(),
            Self::Folded(folded) => folded.needle.len(),
        }
    }
}

/// One of the two bytes that are compared first: equal when `byte | fold == value`.
struct Probe {
    at: usize,
    fold: u8,
    value: u8,
}

impl Probe {
    fn new(needle: &[u8], at: usize) -> Self {
        let fold = if needle[at].is_ascii_alphabetic() { 0x20 } else { 0 };
        Self { at, fold, value: needle[at] | fold }
    }

    /// The bytes it is compared with for the starts of a block.
    fn bytes<'a>(&self, hay: &'a [u8], start: usize) -> Option<&'a [u8; BLOCK]> {
        hay.get(start + self.at..)?.first_chunk()
    }
}

/// A needle with letters. Two of its bytes that are rare in common text are compared at all starts of a block;
/// only where both are right the whole needle is.
pub(crate) struct Folded {
    needle: Vec<u8>,
    probes: [Probe; 2],
}

impl Folded {
    fn new(text: &str) -> Self {
        let needle = text.to_ascii_lowercase().into_bytes();
        let (one, two) = Pair::new(&needle).map_or((0, 0), |pair| (pair.index1().into(), pair.index2().into()));
        Self { probes: [Probe::new(&needle, one), Probe::new(&needle, two)], needle }
    }

    fn find(&self, hay: &[u8]) -> Option<usize> {
        let [one, two] = &self.probes;
        let mut start = 0;
        while let (Some(ones), Some(twos)) = (one.bytes(hay, start), two.bytes(hay, start)) {
            let mut right = [0u8; BLOCK];
            for (at, right) in right.iter_mut().enumerate() {
                *right = u8::from(ones[at] | one.fold == one.value) & u8::from(twos[at] | two.fold == two.value);
            }
            if right.iter().fold(0, |any, right| any | right) != 0
                && let Some(at) = places(&right).find(|at| self.is_at(hay, start + at))
            {
                return Some(start + at);
            }
            start += BLOCK;
        }
        let last = hay.len().checked_sub(self.needle.len())?;
        (start..=last).find(|start| self.is_at(hay, *start))
    }

    fn is_at(&self, hay: &[u8], start: usize) -> bool {
        hay.get(start..start + self.needle.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(&self.needle))
    }
}

/// Places of the ones in a block, eight bytes looked at together.
fn places(right: &[u8; BLOCK]) -> impl Iterator<Item = usize> {
    let (words, _) = right.as_chunks::<8>();
    words.iter().enumerate().flat_map(|(word, bytes)| {
        let mut left = u64::from_le_bytes(*bytes);
        std::iter::from_fn(move || {
            let at = (left != 0).then(|| word * 8 + left.trailing_zeros() as usize / 8)?;
            left &= left - 1;
            Some(at)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(hay: &[u8], needle: &str) -> Option<usize> {
        hay.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
    }

    proptest! {
        #[test]
        fn finds_what_a_naive_search_finds(hay in "[abAB@\\[`{1 é]{0,300}", needle in "[abAB@\\[`{1 é]{1,4}") {
            prop_assert_eq!(Needle::new(&needle).find(hay.as_bytes()), naive(hay.as_bytes(), &needle));
        }

        #[test]
        fn finds_in_bytes_that_are_no_text(hay in prop::collection::vec(any::<u8>(), 0..400), at in 0usize..400) {
            let mut hay = hay;
            let at = at.min(hay.len());
            hay.splice(at..at, *b"TeMp");
            prop_assert_eq!(Needle::new("temp").find(&hay), naive(&hay, "temp"));
        }
    }

    #[test]
    fn letters_fold_and_nothing_else_does() {
        assert_eq!(Needle::new("TEMP@").find(b"..temp`..Temp@"), Some(9));
        assert_eq!(Needle::new("É").find("é".as_bytes()), None);
        assert_eq!(Needle::new("21.5").find(b"a 21,5 21.5"), Some(7));
    }
}
