//! Who has the database open: everybody who does holds `use.lock` together with the others; who gives it another key holds it
//! alone. Without this, one program could write into a file whose key another has just changed.

use crate::wire::{ApiError, Code};
use crate::{Dirs, Result, fault};
use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

/// How long opening waits for a change of the key to end.
const OPENING: Duration = Duration::from_secs(5);
/// How long a change of the key waits for others to be done. A command ends within it; a window does not.
const CHANGING: Duration = Duration::from_secs(2);

/// Together with others.
pub(crate) fn shared(dirs: &Dirs) -> Result<File> {
    let file = file(dirs)?;
    wait(&file, File::try_lock_shared, OPENING).map_err(|code| {
        if code == Code::Busy { busy("Another Thinline program is changing the key.") } else { code.into() }
    })?;
    Ok(file)
}

/// Alone.
pub(crate) fn alone(dirs: &Dirs) -> Result<File> {
    let file = file(dirs)?;
    wait(&file, File::try_lock, CHANGING).map_err(|code| {
        if code == Code::Busy { busy("Another Thinline program has this data open.") } else { code.into() }
    })?;
    Ok(file)
}

/// From alone to together. Another program may come between: look at the vault's file again afterwards.
pub(crate) fn share(file: &File) -> Result<()> {
    let failed = |error: std::io::Error| fault::io(&error, Code::ReadOnly);
    file.unlock().map_err(failed)?;
    wait(file, File::try_lock_shared, OPENING).map_err(ApiError::from)
}

fn busy(message: &str) -> ApiError {
    ApiError {
        message: message.to_owned(),
        next: "Nothing was changed. Close it, or wait until it is done, and try again.".to_owned(),
        ..ApiError::new(Code::Busy)
    }
}

fn file(dirs: &Dirs) -> Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(dirs.data.join("use.lock")).map_err(|error| fault::io(&error, Code::ReadOnly))
}

type Try = fn(&File) -> std::result::Result<(), TryLockError>;

fn wait(file: &File, attempt: Try, patience: Duration) -> std::result::Result<(), Code> {
    let until = Instant::now() + patience;
    loop {
        match attempt(file) {
            Ok(()) => return Ok(()),
            // A file system without locks: then nobody else is kept out, as with any program there.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                return Ok(());
            }
            Err(TryLockError::Error(_)) => return Err(Code::ReadOnly),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return Err(Code::Busy),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}
