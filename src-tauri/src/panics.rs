//! What a panic may say: where it happened, never what was in hand.
//!
//! A panic message can carry a value, and a value here can be a line of somebody's life. Debug builds keep the full
//! message: they are for development, with invented data.

/// Makes panics of release builds print their place in the source only.
pub fn say_only_where() {
    if cfg!(debug_assertions) {
        return;
    }
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => eprintln!("thinline-app: stopped at {}:{}", place.file(), place.line()),
        None => eprintln!("thinline-app: stopped"),
    }));
}
