//! Several writes as one transaction: what a re-reading that takes the place of an older one rests on.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panic, as the tests do")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use thinline_store::{Store, StoreError, Zone};

fn store(dir: &tempfile::TempDir) -> Store {
    Store::open(&dir.path().join("t.db"), &[7; 32], Zone::new(0, Vec::new())).unwrap()
}

fn put(store: &Store, key: &str) -> Result<(), StoreError> {
    store.write(|write| write.set_meta(key, b"x"))
}

fn has(store: &Store, key: &str) -> bool {
    store.read(|read| read.meta(key)).unwrap().is_some()
}

#[test]
fn writes_at_once_stand_together_and_readers_see_none_of_them_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    store
        .at_once(|| {
            put(&store, "a")?;
            put(&store, "b")?;
            assert!(!has(&store, "a"));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert!(has(&store, "a") && has(&store, "b"));
}

#[test]
fn a_failure_takes_back_all_of_them_and_later_writes_work() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    let failed = store.at_once(|| {
        put(&store, "a")?;
        Err::<(), _>(StoreError::Missing)
    });
    assert!(failed.is_err());
    assert!(!has(&store, "a"));
    put(&store, "b").unwrap();
    assert!(has(&store, "b"));
}

#[test]
fn a_write_that_fails_inside_takes_back_only_itself() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    store
        .at_once(|| {
            put(&store, "a")?;
            let failed = store.write(|write| {
                write.set_meta("b", b"x")?;
                Err::<(), _>(StoreError::Missing)
            });
            assert!(failed.is_err());
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert!(has(&store, "a") && !has(&store, "b"));
}

#[test]
fn a_panic_inside_leaves_the_store_usable() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.at_once(|| {
            put(&store, "a").unwrap();
            if has(&store, "nothing") { Ok(()) } else { Err(StoreError::Missing) }.unwrap();
            Ok::<_, StoreError>(())
        })
    }));
    assert!(panicked.is_err());
    assert!(!has(&store, "a"));
    put(&store, "b").unwrap();
}

#[test]
fn another_thread_waits_its_turn_and_is_refused_only_if_it_takes_long() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    store
        .at_once(|| {
            let other = std::thread::scope(|scope| scope.spawn(|| put(&store, "other")).join().unwrap());
            assert!(matches!(other, Err(StoreError::Busy)));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert!(!has(&store, "other"));
    let (begun, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let holder = scope.spawn(|| {
            store.at_once(|| {
                begun.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(300));
                put(&store, "held")
            })
        });
        told.recv().unwrap();
        let zone = scope.spawn(|| store.set_zone(Zone::new(3600, Vec::new()), |w| w.set_meta("zone", b"x")));
        let whole = scope.spawn(|| store.at_once(|| put(&store, "whole")));
        let since = Instant::now();
        put(&store, "other").unwrap();
        assert!(since.elapsed() > Duration::from_millis(200), "{:?}", since.elapsed());
        for thread in [holder, zone, whole] {
            thread.join().unwrap().unwrap();
        }
    });
    for key in ["held", "other", "zone", "whole"] {
        assert!(has(&store, key), "{key}");
    }
}
