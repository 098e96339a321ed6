//! Ways to unlock that ask a person for something.

use thinline_tests::harness::{Computer, Equipment, Start};

use crate::steps::go;

const PASSPHRASE: &str = "Ebbe Watt Priel Queller 7";

#[test]
fn a_wrong_passphrase_is_told_and_the_right_one_opens() {
    let computer = Computer::with(Equipment { keyring: false, ..Equipment::default() });
    let window = computer.open(Start::default());
    window.find("[role=radiogroup] label:has(input[value=passphrase])").click();
    let fields = window.wait("two fields", || {
        let fields = window.all("input[autocomplete=new-password]");
        (fields.len() == 2).then_some(fields)
    });
    fields[0].type_in(PASSPHRASE);
    fields[1].type_in("Ebbe Watt Priel");
    window.test_id("door-services").click();
    window.by_text("The two are not the same.");
    fields[1].clear();
    fields[1].type_in(PASSPHRASE);
    window.test_id("door-services").click();
    window.test_id("nav-services");
    window.close();

    let window = computer.open(Start::default());
    let field = window.find("input[type=password]");
    field.type_in("ebbe watt priel queller 7");
    window.test_id("unlock-passphrase").click();
    let error = window.test_id("error").text();
    for words in [
        "That key does not fit",
        "Your data lies encrypted on this computer, as before.",
        "Check the passphrase",
    ] {
        assert!(error.contains(words), "{error}");
    }
    field.clear();
    field.type_in(PASSPHRASE);
    window.test_id("unlock-passphrase").click();
    go(&window, "log");
    window.test_id("log-entries");
    window.close();
    assert_eq!(computer.traces_of(&[PASSPHRASE, "ebbe watt priel queller 7"]), []);
}
