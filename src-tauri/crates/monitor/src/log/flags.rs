//! Class, direction, QoS and the small marks of an entry, packed into two bytes.

use hubscope_model::{Direction, EntryClass, Severity};

const CLASS: u16 = 0b11;
const DIRECTION_SHIFT: u16 = 2;
const QOS_SHIFT: u16 = 4;
const RETAIN: u16 = 1 << 6;
const DUP: u16 = 1 << 7;
const SEVERITY_SHIFT: u16 = 8;

/// From bit 0: class (2 bits), direction (2, 0 for none), QoS (2), retain, dup, severity (2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u16);

impl Flags {
    pub(crate) fn message(direction: Direction, qos: u8, retain: bool, dup: bool) -> Self {
        let mut bits = direction_bits(direction) << DIRECTION_SHIFT | u16::from(qos & 0b11) << QOS_SHIFT;
        bits |= if retain { RETAIN } else { 0 };
        bits |= if dup { DUP } else { 0 };
        Self(bits)
    }

    pub(crate) fn other(class: EntryClass, severity: Severity) -> Self {
        let severity = match severity {
            Severity::Info => 0,
            Severity::Warning => 1,
            Severity::Error => 2,
        };
        Self(class_bits(class) | severity << SEVERITY_SHIFT)
    }

    pub(crate) fn class(self) -> EntryClass {
        match self.0 & CLASS {
            0 => EntryClass::Message,
            1 => EntryClass::Event,
            2 => EntryClass::Gap,
            _ => EntryClass::Mark,
        }
    }

    pub(crate) fn is_message(self) -> bool {
        self.0 & CLASS == 0
    }

    pub(crate) fn direction(self) -> Option<Direction> {
        match self.0 >> DIRECTION_SHIFT & 0b11 {
            1 => Some(Direction::In),
            2 => Some(Direction::Out),
            3 => Some(Direction::Hub),
            _ => None,
        }
    }

    pub(crate) fn qos(self) -> u8 {
        (self.0 >> QOS_SHIFT & 0b11) as u8
    }

    pub(crate) fn retain(self) -> bool {
        self.0 & RETAIN != 0
    }

    pub(crate) fn dup(self) -> bool {
        self.0 & DUP != 0
    }

    /// Severity of what is not a message.
    pub(crate) fn severity(self) -> Option<Severity> {
        match (self.is_message(), self.0 >> SEVERITY_SHIFT & 0b11) {
            (true, _) => None,
            (_, 0) => Some(Severity::Info),
            (_, 1) => Some(Severity::Warning),
            _ => Some(Severity::Error),
        }
    }

    /// Class and direction as one number below 16, the index of a bit in [`Kinds`].
    fn kind(self) -> u16 {
        self.0 & 0b1111
    }
}

fn class_bits(class: EntryClass) -> u16 {
    match class {
        EntryClass::Message => 0,
        EntryClass::Event => 1,
        EntryClass::Gap => 2,
        EntryClass::Mark => 3,
    }
}

fn direction_bits(direction: Direction) -> u16 {
    match direction {
        Direction::In => 1,
        Direction::Out => 2,
        Direction::Hub => 3,
    }
}

/// A set of combinations of class and direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub(crate) const ALL: Self = Self(u16::MAX);

    pub(crate) fn of_classes(classes: &[EntryClass]) -> Self {
        Self::of(|kind| classes.iter().any(|class| class_bits(*class) == kind & CLASS))
    }

    pub(crate) fn of_direction(direction: Direction) -> Self {
        Self::of(|kind| kind >> DIRECTION_SHIFT == direction_bits(direction))
    }

    fn of(test: impl Fn(u16) -> bool) -> Self {
        Self((0..16).filter(|kind| test(*kind)).fold(0, |set, kind| set | 1 << kind))
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn not(self) -> Self {
        Self(!self.0)
    }

    pub(crate) fn has(self, flags: Flags) -> bool {
        self.0 >> flags.kind() & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_put_in_comes_out() {
        for direction in [Direction::In, Direction::Out, Direction::Hub] {
            for (qos, retain, dup) in [(0, false, true), (1, true, false), (2, true, true)] {
                let flags = Flags::message(direction, qos, retain, dup);
                assert_eq!(flags.class(), EntryClass::Message);
                assert_eq!(flags.direction(), Some(direction));
                assert_eq!((flags.qos(), flags.retain(), flags.dup()), (qos, retain, dup));
                assert_eq!(flags.severity(), None);
            }
        }
        for class in [EntryClass::Event, EntryClass::Gap, EntryClass::Mark] {
            for severity in [Severity::Info, Severity::Warning, Severity::Error] {
                let flags = Flags::other(class, severity);
                assert_eq!((flags.class(), flags.severity()), (class, Some(severity)));
                assert_eq!(flags.direction(), None);
            }
        }
    }

    #[test]
    fn sets_of_kinds() {
        let sent = Flags::message(Direction::Out, 1, true, true);
        let event = Flags::other(EntryClass::Event, Severity::Error);
        assert!(Kinds::of_direction(Direction::Out).has(sent));
        assert!(!Kinds::of_direction(Direction::In).has(sent));
        assert!(!Kinds::of_direction(Direction::In).has(event));
        assert!(Kinds::of_direction(Direction::In).not().has(event));
        assert!(Kinds::of_classes(&[EntryClass::Event, EntryClass::Gap]).has(event));
        assert!(!Kinds::of_classes(&[EntryClass::Message]).has(event));
        assert!(!Kinds::of_classes(&[EntryClass::Message]).and(Kinds::of_direction(Direction::In)).has(sent));
    }
}
