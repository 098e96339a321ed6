//! When something happened, and how well that is known. No clock and no time-zone rules here.

/// Whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

/// The first second that is no date on the timeline: 2^36, in the year 4147. Record ids keep 36 bits for the second.
pub const MAX_SECOND: i64 = 1 << 36;

impl Timestamp {
    /// Whether a dated record may carry this time (1 to `MAX_SECOND` - 1).
    pub fn is_datable(self) -> bool {
        (1..MAX_SECOND).contains(&self.0)
    }
}

/// How finely a service wrote a time down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// To the second or finer.
    Second,
    /// To the minute; the second is 0, or as it falls where a duration was taken off an end.
    Minute,
    /// A date only: floating, never converted between zones, never shown with a time.
    Day,
    /// A month only.
    Month,
    /// The service gave no time.
    None,
}

/// Why we believe the time zone of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// The value itself names its zone or offset.
    Explicit,
    /// The service documents the zone.
    Documented,
    /// Nothing says so; the usual reading was taken.
    Assumed,
    /// A local time whose zone is not known.
    LocalUnknown,
}

macro_rules! ids {
    ($ty:ident { $($variant:ident => $id:literal),+ $(,)? }) => {
        impl $ty {
            /// Every value, in order.
            pub const ALL: &'static [$ty] = &[$($ty::$variant),+];

            /// The stable id.
            pub fn id(self) -> &'static str {
                match self { $($ty::$variant => $id),+ }
            }

            /// Reads a stable id.
            ///
            /// # Errors
            /// `UnknownWord` if no value has this id.
            pub fn parse(id: &str) -> Result<Self, crate::words::UnknownWord> {
                match id { $($id => Ok($ty::$variant),)+ _ => Err(crate::words::UnknownWord) }
            }
        }
    };
}
pub(crate) use ids;

ids!(Precision { Second => "second", Minute => "minute", Day => "day", Month => "month", None => "none" });
ids!(Certainty {
    Explicit => "explicit", Documented => "documented", Assumed => "assumed", LocalUnknown => "local-unknown",
});
