//! Sample data: a vault of its own that takes nothing of the person's, has nothing to lock, and goes when it is left.

use crate::home::Calm;
use thinline_core::wire::{Code, Phase};
use thinline_core::{Core, ImportOptions, Key};

#[test]
fn the_sample_takes_no_own_data_and_goes_when_it_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let core = Core::new(Some(dir.path())).unwrap();
    assert!(core.sample_start().unwrap().sample);
    assert!(core.status().unwrap().records > 10_000);
    let archive = dir.path().join("own.zip");
    let plan = thinline_sample::Plan { seed: 3, rows: 50, until: 1_760_000_000, years: 1 };
    thinline_sample::spotify_zip(std::fs::File::create(&archive).unwrap(), &plan).unwrap();
    let refused = core.import(1, &archive, &ImportOptions::default(), &Calm).unwrap_err();
    assert_eq!(refused.code, Code::SampleOpen);
    assert!(core.lock().sample, "there is nothing to lock");
    assert_eq!(core.sample_leave().unwrap().phase, Phase::FirstRun);
    assert!(!dir.path().join("sample").exists());
}

#[test]
fn own_data_takes_the_place_of_the_sample() {
    let dir = tempfile::tempdir().unwrap();
    let core = Core::new(Some(dir.path())).unwrap();
    core.sample_start().unwrap();
    let state = core.set_up(Key::KeyFile(dir.path().join("key")), &[], "").unwrap();
    assert!(!state.sample && state.phase == Phase::Open);
    assert!(!dir.path().join("sample").exists());
    assert_eq!(core.status().unwrap().records, 0);
}
