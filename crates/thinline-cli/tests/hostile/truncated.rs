//! Archives cut off at every kind of place.

use crate::make::{HISTORY, gz, plays, tar, zip};
use crate::run::Home;

#[test]
fn a_zip_cut_off_anywhere_is_said_to_be_cut_off() {
    let home = Home::new();
    let whole = zip(&[(HISTORY, plays(200).as_bytes()), ("MyData/photo.jpg", b"x")]);
    let at = |mark: &[u8]| whole.windows(4).position(|four| four == mark).unwrap();
    let (list, end) = (at(b"PK\x01\x02"), at(b"PK\x05\x06"));
    let places = [
        5,
        29,
        30,
        40,
        list / 2,
        list - 1,
        list,
        list + 20,
        list + 60,
        end - 1,
        end,
        end + 4,
        end + 16,
        whole.len() - 1,
    ];
    for place in places {
        home.import_bytes("a.zip", &whole[..place]).refused("truncated");
    }
    for place in 0..4 {
        home.import_bytes("a.zip", &whole[..place]).refused("not-an-archive");
    }
    home.is_as_before();
}

#[test]
fn a_packed_tar_cut_off_anywhere_is_said_to_be_cut_off() {
    let home = Home::new();
    let whole = gz(&tar(&[(HISTORY, plays(2_000).as_bytes()), ("MyData/photo.jpg", b"x")]));
    for place in
        [18, 60, whole.len() / 3, whole.len() / 2, whole.len() - 60, whole.len() - 8, whole.len() - 1]
    {
        home.import_bytes("a.tgz", &whole[..place]).refused("truncated");
    }
    home.is_as_before();
}
