//! Cuts the byte stream into control packets (MQTT 5 section 2.1).
//!
//! Done here, and not left to the protocol library, so that memory grows with the bytes that arrived and not with
//! the length that a peer announced, and so that the reserved flags are checked.

use bytes::{Buf, Bytes, BytesMut};

/// What makes a stream unreadable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameProblem {
    Malformed,
    TooLarge,
}

/// One packet, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// With the fixed header.
    pub bytes: Bytes,
    header: usize,
}

impl Frame {
    /// The packet type, 1 to 15.
    pub fn kind(&self) -> u8 {
        self.bytes[0] >> 4
    }

    /// What follows the fixed header.
    pub fn body(&self) -> &[u8] {
        &self.bytes[self.header..]
    }
}

/// Takes the next packet out of `input`; None when it is not there in full.
/// `limit` is the largest packet in bytes, header included.
pub(crate) fn next(input: &mut BytesMut, limit: usize) -> Result<Option<Frame>, FrameProblem> {
    let Some(&first) = input.first() else { return Ok(None) };
    if !flags_are_legal(first) {
        return Err(FrameProblem::Malformed);
    }
    let Some((length, header)) = remaining_length(&input[1..])? else { return Ok(None) };
    let header = header + 1;
    if header + length > limit {
        return Err(FrameProblem::TooLarge);
    }
    if input.remaining() < header + length {
        return Ok(None);
    }
    Ok(Some(Frame { bytes: input.split_to(header + length).freeze(), header }))
}

/// The variable byte integer of section 1.5.5: value and bytes used.
fn remaining_length(bytes: &[u8]) -> Result<Option<(usize, usize)>, FrameProblem> {
    let mut value = 0;
    for (i, byte) in bytes.iter().take(4).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Ok(Some((value, i + 1)));
        }
    }
    if bytes.len() >= 4 { Err(FrameProblem::Malformed) } else { Ok(None) }
}

/// Section 2.1.3: PUBREL, SUBSCRIBE and UNSUBSCRIBE carry 0b0010, PUBLISH its own flags, all others none.
fn flags_are_legal(first: u8) -> bool {
    match (first >> 4, first & 0x0f) {
        (0, _) => false,
        (3, _) => true,
        (6 | 8 | 10, flags) => flags == 0b0010,
        (_, flags) => flags == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::Vectors;

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
    }

    #[test]
    fn lengths_are_read_as_the_vectors_say() {
        for case in Vectors::load().rows("varint") {
            let bytes = unhex(case["hex"].as_str().unwrap());
            let value = usize::try_from(case["value"].as_u64().unwrap()).unwrap();
            assert_eq!(remaining_length(&bytes), Ok(Some((value, bytes.len()))));
            assert_eq!(remaining_length(&bytes[..bytes.len() - 1]), Ok(None));
        }
        assert_eq!(remaining_length(&[0xff, 0xff, 0xff, 0xff]), Err(FrameProblem::Malformed));
    }

    #[test]
    fn packets_come_out_whole_however_the_bytes_arrive() {
        let stream = [0xc0, 0x00, 0x30, 0x04, 0x00, 0x01, b'a', b'x', 0xe0, 0x00];
        for size in 1..=stream.len() {
            let (mut input, mut frames) = (BytesMut::new(), Vec::new());
            for piece in stream.chunks(size) {
                input.extend_from_slice(piece);
                while let Some(frame) = next(&mut input, 100).unwrap() {
                    frames.push((frame.kind(), frame.body().to_vec()));
                }
            }
            assert_eq!(frames, [(12, vec![]), (3, vec![0, 1, b'a', b'x']), (14, vec![])]);
        }
    }

    #[test]
    fn the_limit_counts_the_header_and_holds_before_the_body_is_there() {
        let packet = |length: u8| BytesMut::from(&[0x30, length][..]);
        assert_eq!(next(&mut packet(98), 100), Ok(None));
        assert_eq!(next(&mut packet(99), 100), Err(FrameProblem::TooLarge));
    }

    #[test]
    fn reserved_flags_are_refused() {
        for first in [0x00, 0x0f, 0x11, 0x80, 0x83, 0xa0, 0xc1, 0xe8, 0x16] {
            assert_eq!(next(&mut BytesMut::from(&[first, 0][..]), 100), Err(FrameProblem::Malformed), "{first:02x}");
        }
    }
}
