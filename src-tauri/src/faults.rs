//! The failures that the shell itself can find; all others come from core.

use thinline_core::wire::{ApiError, Code};

/// What a command answers.
pub type Answer<T> = Result<T, ApiError>;

/// A value that no part of the window sends.
pub fn bad_value() -> ApiError {
    fault(
        Code::BadValue,
        "A value is missing, too long or not one of those that fit.",
        "Check what was entered.",
    )
}

/// The token is not known: spent, pushed out by newer ones, or of another use.
pub fn pick_gone() -> ApiError {
    fault(Code::PickGone, "The picked file is no longer remembered.", "Pick it again.")
}

/// One import at a time.
pub fn import_running() -> ApiError {
    fault(Code::ImportRunning, "An import is running.", "Wait until it ends, or cancel it.")
}

/// No import of this number is running.
pub fn no_such_job() -> ApiError {
    fault(Code::NoSuch, "No such import is running.", "It may have ended already.")
}

/// Something that should not happen.
pub fn internal(message: &str) -> ApiError {
    fault(Code::Internal, message, "Try again; if it stays, restart Thinline.")
}

fn fault(code: Code, message: &str, next: &str) -> ApiError {
    ApiError { code, message: message.into(), next: next.into() }
}
