//! The id of a service: lower-case letters, digits and hyphens, as in the folder names of `catalogue/`.

use std::fmt;

/// Names a service, for example `spotify`. Stable: stored, logged and exported.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceId(Box<str>);

/// The text is no service id (1 to 40 characters of `a-z`, `0-9` and `-`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a service id has 1 to 40 lower-case letters, digits or hyphens")]
pub struct ServiceIdError;

impl ServiceId {
    /// Checks and wraps an id.
    ///
    /// # Errors
    /// `ServiceIdError` if the text is empty, too long or has other characters.
    pub fn new(id: &str) -> Result<Self, ServiceIdError> {
        let fits = (1..=40).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(Self(id.into())) } else { Err(ServiceIdError) }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_lower_case() {
        assert!(ServiceId::new("spotify").is_ok());
        for bad in ["", "Spotify", "a b", "../x", &"a".repeat(41)] {
            assert_eq!(ServiceId::new(bad), Err(ServiceIdError), "{bad:?}");
        }
    }
}
