//! `thinline backup` and `thinline restore`. The key of a backup is the one of its time, so it is tried on the backup itself,
//! not on the data that is here.

use crate::args::{Args, Backup, Restore};
use crate::key;
use crate::print::{self, Outcome, line, plain};
use std::path::Path;
use thinline_core::Core;
use thinline_core::wire::{
    ApiError, BackupChecked, BackupLine, Backups, Code, DataChecked, Restored, SetAside, SetBackups,
};

type Answer = Result<Outcome, ApiError>;

pub fn backup(core: &Core, args: &Args, ask: &Backup) -> Answer {
    if let Some(file) = &ask.check {
        let checked = key::with(args, |key| core.backup_check(file, key))?;
        print::show(args.json, &checked, tried);
        return Ok(if checked.ok { Outcome::Ok } else { Outcome::Failed });
    }
    if ask.list {
        // Works without a key: it is needed when nothing opens.
        print::show(args.json, &core.backups()?, list);
        return Ok(Outcome::Ok);
    }
    if !core.has_vault() {
        return Err(Code::NoVault.into());
    }
    let key = key::open_existing(core, args)?;
    if ask.every.is_some() || ask.newest.is_some() || ask.months.is_some() || ask.folder.is_some() {
        return settings(core, args.json, ask);
    }
    let made = match (&ask.move_out, &ask.path) {
        (Some(path), _) => {
            let own = ask.new_passphrase_file.as_deref().map(key::passphrase_in).transpose()?;
            core.move_out(path, false, own.as_ref().map(|own| (&key, own.as_bytes())))?
        }
        (None, Some(path)) => core.backup_to(path, false)?,
        (None, None) => core.backup_now()?,
    };
    print::show(args.json, &made, |made: &BackupLine| {
        line(format_args!("{}: {} bytes", plain(&made.path), made.bytes));
    });
    Ok(Outcome::Ok)
}

fn settings(core: &Core, json: bool, ask: &Backup) -> Answer {
    if let Some(folder) = &ask.folder {
        core.set_backup_folder(Some(folder.as_path()).filter(|folder| *folder != Path::new("default")))?;
    }
    let set = SetBackups { every: ask.every.clone(), newest: ask.newest, months: ask.months };
    print::show(json, &core.set_backups(&set)?, list);
    Ok(Outcome::Ok)
}

pub fn restore(core: &Core, args: &Args, ask: &Restore) -> Answer {
    if ask.start_over {
        let key = key::named(args)?;
        print::show(args.json, &core.set_aside(key.as_ref())?, aside);
        return Ok(Outcome::Ok);
    }
    let file = ask.file.as_deref().unwrap_or(Path::new(""));
    let elsewhere = ask.into.as_deref().map(|dir| Core::new(Some(dir))).transpose()?;
    if elsewhere.as_ref().is_some_and(Core::has_vault) {
        return Err(Code::VaultExists.into());
    }
    let core = elsewhere.as_ref().unwrap_or(core);
    let restored = key::with(args, |key| core.restore(file, key))?;
    print::show(args.json, &restored, put_back);
    Ok(Outcome::Ok)
}

/// `thinline status --check`.
pub fn check(core: &Core, args: &Args) -> Answer {
    if !core.has_vault() {
        return Err(Code::NoVault.into());
    }
    key::open_existing(core, args)?;
    let checked = core.data_check()?;
    print::show(args.json, &checked, |checked: &DataChecked| {
        if checked.ok {
            line(format_args!("The data is whole: {} records, all read.", checked.records));
        } else {
            line(format_args!("The data is damaged or not what it was: {}.", checked.faults.join(", ")));
        }
    });
    Ok(if checked.ok { Outcome::Ok } else { Outcome::Failed })
}

fn list(backups: &Backups) {
    let every = if backups.every == "off" { "never by itself".to_owned() } else { backups.every.clone() };
    line(format_args!("In {}: {every}, while the app is open.", plain(&backups.folder)));
    line(format_args!("Kept: the {} newest, and one of each of {} months.", backups.newest, backups.months));
    if !backups.reachable {
        line(format_args!("The folder cannot be listed just now."));
    }
    if backups.beside_data {
        line(format_args!("It is on the same disk as the data. Keep a backup elsewhere, too."));
    }
    for one in &backups.backups {
        let other = if one.own { "" } else { "  (of other data)" };
        line(format_args!("{}  {:>12}  {}{other}", one.made_at, one.bytes, plain(&one.name)));
    }
}

fn tried(checked: &BackupChecked) {
    line(format_args!("Made {} with Thinline {}.", plain(&checked.made_at), plain(&checked.program)));
    line(format_args!(
        "{} records, {} imports, {} log entries.",
        checked.records, checked.imports, checked.log_size
    ));
    if checked.ok {
        line(format_args!("It opens, and all of it could be read."));
    } else {
        line(format_args!("It is not whole: {}.", checked.faults.join(", ")));
    }
}

fn put_back(restored: &Restored) {
    line(format_args!("Put back: the data of {}, {} records.", plain(&restored.made_at), restored.records));
    if let Some(folder) = &restored.set_aside {
        line(format_args!("What was here before lies in {}.", plain(folder)));
    }
    if restored.moved {
        line(format_args!("It came from another computer and is data of its own here. See `thinline todo`."));
    }
}

fn aside(aside: &SetAside) {
    line(format_args!("The data lies in {} now. Make new data with `thinline init`.", plain(&aside.folder)));
    if !aside.readable {
        line(format_args!("Which exports had been imported could not be read."));
    }
    for one in &aside.archives {
        line(format_args!("Import again: {}  {}  {}", one.at, one.service, plain(&one.archive)));
    }
}
