//! The real window, driven from outside: what only a whole app can get wrong.

use thinline_tests::harness::{Computer, Equipment, Start};

#[test]
fn the_first_window_is_sound_in_light_and_dark() {
    for (dark, picture) in [(false, "first-run-light"), (true, "first-run-dark")] {
        let computer = Computer::with(Equipment { dark, ..Equipment::default() });
        let window = computer.open(Start::default());
        window.find("h1");
        window.assert_sound("the first run");
        window.picture(picture);
        window.close();
    }
}
