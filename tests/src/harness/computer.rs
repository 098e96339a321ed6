//! A computer for one test: its own home, display, session bus and keyring. Nothing of the machine's own user is reached.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use memchr::memmem;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::logind::Logind;
use super::process::Process;
use super::traces::{Trace, find_traces};
use super::{Start, Window, wait_for};

/// What a computer has besides a display.
#[derive(Debug, Clone, Copy)]
pub struct Equipment {
    /// An unlocked Secret Service on the session bus.
    pub keyring: bool,
    /// A stand-in for logind; without it there is no system bus.
    pub logind: bool,
    /// A dark desktop.
    pub dark: bool,
    /// Size of the screen.
    pub screen: (u32, u32),
}

impl Default for Equipment {
    fn default() -> Self {
        Self { keyring: true, logind: false, dark: false, screen: (1440, 960) }
    }
}

/// Ends everything that runs on it, and deletes its files, when dropped.
pub struct Computer {
    environment: Vec<(&'static str, OsString)>,
    logind: Option<Logind>,
    // In the order in which they must end: programs before the display and bus they use, files last.
    _programs: Vec<Process>,
    folder: TempDir,
}

/// Folders under the top one, by the variable that programs find them with.
const FOLDERS: &[(&str, &str)] = &[
    ("HOME", "home"),
    ("XDG_DATA_HOME", "home/.local/share"),
    ("XDG_STATE_HOME", "home/.local/state"),
    ("XDG_CONFIG_HOME", "home/.config"),
    ("XDG_CACHE_HOME", "home/.cache"),
    ("XDG_RUNTIME_DIR", "run"),
    ("TMPDIR", "tmp"),
];

/// No service is started by being asked for: a test has what it was given.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=BUS_SOCKET</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Computer {
    /// A computer with a keyring and a light desktop.
    #[track_caller]
    #[expect(clippy::new_without_default, reason = "starting a display is not a default value")]
    pub fn new() -> Self {
        Self::with(Equipment::default())
    }

    /// A computer as described.
    #[track_caller]
    pub fn with(equipment: Equipment) -> Self {
        let folder =
            tempfile::Builder::new().prefix("thinline-test-").tempdir().expect("a folder can be made");
        let mut computer = Self { environment: Vec::new(), logind: None, _programs: Vec::new(), folder };
        computer.make_folders();
        computer.start_display(equipment.screen);
        let bus = computer.start_bus();
        computer.logind = equipment.logind.then(|| Logind::start(&bus));
        let nowhere = || format!("unix:path={}", computer.folder.path().join("run/no-bus").display());
        let system = if equipment.logind { bus } else { nowhere() };
        computer.environment.push(("DBUS_SYSTEM_BUS_ADDRESS", system.into()));
        if equipment.keyring {
            computer.start_keyring();
        }
        let theme = if equipment.dark { "Adwaita:dark" } else { "Adwaita" };
        computer.environment.push(("GTK_THEME", theme.into()));
        let openbox = Process::start(computer.command("openbox").stdout(Stdio::null()).stderr(Stdio::null()));
        computer._programs.insert(0, openbox);
        computer
    }

    /// Starts Thinline and waits for its page.
    #[track_caller]
    pub fn open(&self, start: Start) -> Window<'_> {
        Window::open(self, start)
    }

    /// A program as it would be started on this computer, with nothing of the surrounding environment but PATH.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().stdin(Stdio::null()).current_dir(self.home());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LANG", "C.UTF-8").env("TZ", "UTC").env("RUST_BACKTRACE", "0");
        command.env("NO_AT_BRIDGE", "1").env("GSETTINGS_BACKEND", "memory");
        command.envs(self.environment.iter().map(|(key, value)| (key, value)));
        command
    }

    /// What the `thinline` command answers in JSON. It must do what it was asked.
    #[track_caller]
    pub fn thinline(&self, arguments: &[&str]) -> serde_json::Value {
        let output = self.command(super::window::built("thinline")).arg("--json").args(arguments).output();
        let output = output.expect("the command line starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "thinline {}: {}: {said}", arguments.join(" "), output.status);
        serde_json::from_slice(&output.stdout).expect("the command line answers in JSON")
    }

    /// What the `thinline` command prints for people to read. It must do what it was asked.
    #[track_caller]
    pub fn thinline_says(&self, arguments: &[&str]) -> String {
        let output = self.command(super::window::built("thinline")).args(arguments).output();
        let output = output.expect("the command line starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "thinline {}: {}: {said}", arguments.join(" "), output.status);
        String::from_utf8(output.stdout).expect("what it prints is text")
    }

    /// Its logind.
    ///
    /// # Panics
    /// If it was not asked for.
    #[track_caller]
    pub fn logind(&self) -> &Logind {
        self.logind.as_ref().expect("the computer was given a logind")
    }

    /// Whether a program runs on this computer.
    pub(super) fn runs(&self, program: &Path) -> bool {
        self.processes().iter().any(|(_, exe)| exe == program)
    }

    /// What runs on this computer: number and program. Linux tells what runs as which program, and with which environment.
    pub fn processes(&self) -> Vec<(u32, PathBuf)> {
        let home = format!("HOME={}\0", self.home().display());
        let found = fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| {
            let process = entry.path();
            let number = entry.file_name().to_str()?.parse().ok()?;
            let exe = fs::read_link(process.join("exe")).ok()?;
            let environment = fs::read(process.join("environ")).ok()?;
            memmem::find(&environment, home.as_bytes())?;
            Some((number, exe))
        });
        found.collect()
    }

    /// Numbers of the processes of a program, by the end of its name.
    pub fn processes_of(&self, name: &str) -> Vec<u32> {
        let is_it = |exe: &Path| exe.file_name().is_some_and(|file| file.to_string_lossy() == name);
        self.processes().into_iter().filter(|(_, exe)| is_it(exe)).map(|(number, _)| number).collect()
    }

    /// Sends a signal to a process of this computer.
    #[track_caller]
    pub fn signal(&self, process: u32, signal: Signal) {
        let number = i32::try_from(process).ok().and_then(Pid::from_raw).expect("a number of a process");
        kill_process(number, signal).expect("it can be told");
    }

    /// The folder that Thinline keeps its data in.
    pub fn data(&self) -> PathBuf {
        self.home().join(".local/share/thinline")
    }

    /// The person's home folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A folder for files that the person brings or takes away: not searched by [`Computer::traces_of`].
    pub fn desk(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Files of this computer, apart from the desk, that contain one of the words in any usual encoding.
    pub fn traces_of(&self, words: &[&str]) -> Vec<Trace> {
        ["home", "run", "tmp"]
            .iter()
            .flat_map(|name| find_traces(&self.folder.path().join(name), words))
            .collect()
    }

    /// A picture of the whole screen, with title bars and dialogs, in `test-results/`.
    pub fn picture(&self, name: &str) -> PathBuf {
        let path = super::results().join(format!("{name}.png"));
        let status = self.command("import").args(["-window", "root"]).arg(&path).status();
        assert!(status.is_ok_and(|status| status.success()), "no picture of the screen");
        path
    }

    fn make_folders(&mut self) {
        use std::os::unix::fs::PermissionsExt as _;
        for (variable, name) in FOLDERS {
            let path = self.folder.path().join(name);
            fs::create_dir_all(&path).expect("a folder can be made");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("a folder can be closed");
            self.environment.push((variable, path.into()));
        }
        fs::create_dir_all(self.desk()).expect("a folder can be made");
    }

    fn start_display(&mut self, (width, height): (u32, u32)) {
        let screen = format!("{width}x{height}x24");
        let mut command = self.command("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"]);
        let (display, number) = Process::start_and_read_line(&mut command);
        self.environment.push(("DISPLAY", format!(":{number}").into()));
        self._programs.insert(0, display);
    }

    fn start_bus(&mut self) -> String {
        let socket = self.folder.path().join("run/bus");
        let configuration = self.folder.path().join("run/bus.conf");
        fs::write(&configuration, BUS.replace("BUS_SOCKET", &socket.to_string_lossy()))
            .expect("a file can be written");
        let mut command = self.command("dbus-daemon");
        command.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]).arg(&configuration);
        let (bus, address) = Process::start_and_read_line(&mut command);
        self.environment.push(("DBUS_SESSION_BUS_ADDRESS", address.clone().into()));
        self._programs.insert(0, bus);
        address
    }

    fn start_keyring(&mut self) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = Process::start(&mut command);
        keyring.tell(b"a test's password");
        self._programs.insert(0, keyring);
        wait_for("the keyring", || self.bus_has("org.freedesktop.secrets").then_some(()));
    }

    fn bus_has(&self, name: &str) -> bool {
        self.names_on_the_bus().iter().any(|one| one == name)
    }

    /// Whether Thinline is known on the session bus: then a second start hands itself over to the first and ends.
    pub fn bus_knows_thinline(&self) -> bool {
        self.names_on_the_bus().iter().any(|name| name.starts_with("org.thinline."))
    }

    fn names_on_the_bus(&self) -> Vec<String> {
        let mut command = self.command("dbus-send");
        command.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        let output = command.arg("org.freedesktop.DBus.ListNames").output();
        let answer =
            output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        answer.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }
}
