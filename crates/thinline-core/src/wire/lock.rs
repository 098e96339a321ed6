//! When the window locks by itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What locks besides the button. Kept in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LockRules {
    /// Minutes for which the computer (not the window) must be idle: 5, 10 or 30; 0 for never.
    pub idle_minutes: u16,
    /// Before the computer sleeps.
    pub on_sleep: bool,
    /// With the screen.
    pub on_screen_lock: bool,
}

/// The rules, and whether anybody tells this program that the computer is idle, sleeps or locks its screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct LockState {
    /// What was chosen.
    pub rules: LockRules,
    /// Whether the system can be heard. If not, only the button locks.
    pub heard: bool,
}
