//! What a program and everything it starts does with the network, as the kernel is asked for it: strace follows the whole tree,
//! the processes of the web view included.
//!
//! Sockets to other programs of the computer (display, session bus) and questions to the kernel about its interfaces are nothing
//! to speak of. Everything else is: a socket that reaches further, and each sign of looking up a name: the files that tell where
//! names are asked for, and the programs of the system that answer for them.
//!
//! Not seen: what another program does because it was asked over the session bus. A test for that is the list of what is asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Computer, PlainWindow, Start, wait_for, window};

/// Calls that are written down.
const CALLS: &str = "trace=socket,connect,bind,listen,sendto,sendmsg,sendmmsg,open,openat,openat2";

/// Families of sockets that stay on this computer.
const LOCAL: &[&str] = &["AF_UNIX", "AF_LOCAL", "AF_NETLINK"];

/// Files that only somebody reads who looks up the address of a host, and sockets of those who do it for others.
const NAMES: &[&str] = &[
    "/etc/resolv.conf",
    "/etc/hosts\"",
    "/etc/gai.conf",
    "libnss_dns",
    "libnss_resolve",
    "libnss_mdns",
    "io.systemd.Resolve",
    "avahi-daemon/socket",
];

/// A program under observation, and where it is written down what it asks of the kernel.
#[derive(Debug, Clone)]
pub struct Tracer {
    file: PathBuf,
}

impl Tracer {
    /// Writes to `file`. `None`, with the reason printed, where the kernel lets nobody look.
    pub fn to(file: PathBuf) -> Option<Self> {
        let output = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
        match output {
            Ok(output) if output.status.success() => Some(Self { file }),
            Ok(output) => {
                eprintln!(
                    "left out: nothing can be traced here: {}",
                    String::from_utf8_lossy(&output.stderr).trim()
                );
                None
            }
            Err(error) => panic!("strace did not start: {error}"),
        }
    }

    /// The words before those of the program.
    fn words(&self) -> Vec<String> {
        let file = self.file.to_string_lossy().into_owned();
        [
            "strace",
            "-D", // the program is the child that was started, so that whoever started it can end it
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-s",
            "128",
            "-e",
            "signal=none",
            "-e",
            CALLS,
            "-o",
            &file,
            "--",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    /// A script in `folder` that starts `program` under observation with whatever words it gets.
    #[track_caller]
    pub fn script(&self, folder: &Path, program: &Path) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let quoted = |word: &String| format!("'{word}'");
        let words: Vec<_> = self.words().iter().map(quoted).collect();
        let text = format!("#!/bin/sh\nexec {} '{}' \"$@\"\n", words.join(" "), program.display());
        let script = folder.join("traced");
        fs::write(&script, text).expect("a script can be written");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("it can be made to run");
        script
    }

    /// Everything that was written down.
    #[track_caller]
    pub fn lines(&self) -> Vec<String> {
        // The tracer outlives what it traces by a moment.
        let mut before = None;
        let text = wait_for("strace to have written all", || {
            std::thread::sleep(std::time::Duration::from_millis(200));
            let now = fs::read(&self.file).expect("strace wrote its file");
            let steady = before.replace(now.len()) == Some(now.len());
            (steady && !now.is_empty()).then_some(now)
        });
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }

    /// What reaches beyond this computer, or asks for the way there. Empty is what was promised.
    #[track_caller]
    pub fn reaches_out(&self) -> Vec<String> {
        let lines = self.lines();
        assert!(lines.len() > 4, "nothing was traced: {lines:?}");
        lines.into_iter().filter(|line| reaches_out(line)).collect()
    }
}

impl Computer {
    /// Starts Thinline without automation, under observation, and waits for its window.
    #[track_caller]
    pub fn open_plain_traced(&self, start: Start, tracer: &Tracer) -> PlainWindow<'_> {
        self.open_plain_as(start, &tracer.script(&self.desk(), &window::app()))
    }

    /// Runs the `thinline` command under observation. It must do what it was asked.
    #[track_caller]
    pub fn thinline_traced(&self, arguments: &[&str], tracer: &Tracer) {
        let script = tracer.script(&self.desk(), &window::built("thinline"));
        let output = self.command(script).args(arguments).stdin(Stdio::null()).output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "thinline {}: {}: {said}", arguments.join(" "), output.status);
    }
}

fn reaches_out(line: &str) -> bool {
    // A process id comes first; what a call answered comes last and says nothing of this.
    let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if let Some(family) = call.strip_prefix("socket(") {
        return !LOCAL.iter().any(|local| family.starts_with(local));
    }
    let Some((name, arguments)) = call.split_once('(') else { return false };
    if name.starts_with("open") {
        return NAMES.iter().any(|sign| arguments.contains(sign));
    }
    arguments.contains("sa_family=AF_INET") || NAMES.iter().any(|sign| arguments.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_of_this_computer_pass_and_others_do_not() {
        for line in [
            "12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3",
            "12 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3",
            "12 connect(3, {sa_family=AF_UNIX, sun_path=\"/tmp/.X11-unix/X1\"}, 20) = 0",
            "12 openat(AT_FDCWD, \"/etc/nsswitch.conf\", O_RDONLY|O_CLOEXEC) = 3",
            "12 sendto(3, \"AF_INET\", 7, MSG_NOSIGNAL, NULL, 0) = 7",
            "12 openat(AT_FDCWD, \"/etc/hosts.d/x\", O_RDONLY|O_CLOEXEC) = 3",
        ] {
            assert!(!reaches_out(line), "{line}");
        }
        for line in [
            "12 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 3",
            "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP <unfinished ...>",
            "12 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"192.0.2.1\")}, 16) = 0",
            "12 connect(3, {sa_family=AF_UNIX, sun_path=\"/run/systemd/resolve/io.systemd.Resolve\"}, 42) = 0",
            "12 openat(AT_FDCWD, \"/etc/resolv.conf\", O_RDONLY|O_CLOEXEC) = 3",
            "12 openat(AT_FDCWD, \"/etc/hosts\", O_RDONLY|O_CLOEXEC) = 3",
        ] {
            assert!(reaches_out(line), "{line}");
        }
    }

    #[test]
    fn a_program_that_connects_or_looks_up_a_name_is_caught() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let Some(tracer) = Tracer::to(folder.path().join("trace")) else { return };
        let run = |words: &str| {
            let script = tracer.script(folder.path(), Path::new("/bin/bash"));
            let _ = Command::new(script).args(["-c", words]).stderr(Stdio::null()).status();
            tracer.reaches_out().len()
        };
        assert_eq!(run("ls / /etc /usr /var >/dev/null; (cat /etc/passwd) >/dev/null; id >/dev/null"), 0);
        assert!(run("(exec 3<>/dev/tcp/127.0.0.1/9)") > 0, "a connection of a child");
        assert!(run("ls / /etc; getent ahosts nowhere.example.org") > 0, "a name");
    }
}
