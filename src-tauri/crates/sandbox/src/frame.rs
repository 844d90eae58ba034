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
