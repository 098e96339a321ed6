//! Keeps others out of this process's memory, as far as the system lets a program do that.
//!
//! Linux: other programs of the same person can then neither attach to it nor read `/proc/PID/mem`, and it leaves no core dump.
//! Root still can. It does not reach programs that this one starts: the web view's process is its own. What would surprise: a
//! portal for file dialogs refuses callers that close themselves, so the shell's dialogs are those of GTK.

/// Closes the memory of this process. Called first thing by every program that opens a vault.
pub fn close_memory() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
        // Neither can be refused to a process about itself; and if so, unlocking is no less safe than without it.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn a_closed_process_cannot_be_read_by_others_and_leaves_no_core_dump() {
        super::close_memory();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
