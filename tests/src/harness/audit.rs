//! What must hold on every screen: accessibility, the content policy, the hidden isolation frame.

use serde_json::{Value, json};

use super::{Window, repository};

/// WCAG 2.2 A and AA, in the words of axe.
const WCAG: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const RUN_AXE: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { runOnly: { type: 'tag', values: arguments[0] } }).then(
  (result) => done(result.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', '))),
  (error) => done(['axe failed: ' + error]));";

impl Window<'_> {
    /// Every check for a screen. `screen` is its name in the message.
    #[track_caller]
    pub fn assert_sound(&self, screen: &str) {
        assert_eq!(self.accessibility_faults(), [""; 0], "accessibility of {screen}");
        assert_eq!(self.policy_violations(), [""; 0], "content policy on {screen}");
        self.assert_isolation_is_hidden();
    }

    /// What axe-core finds, as `rule: elements`.
    #[track_caller]
    pub fn accessibility_faults(&self) -> Vec<String> {
        let axe = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).expect("npm ci was run in ui/");
        self.execute(&format!("if (!window.axe) {{ {axe}; window.axe = window.axe || axe; }}"), json!([]));
        let found = self.session.execute_async(RUN_AXE, json!([WCAG]));
        strings(&found.unwrap_or_else(|refusal| panic!("axe: {refusal}")))
    }

    /// What the content policy stopped since the page began. The page collects it.
    #[track_caller]
    pub fn policy_violations(&self) -> Vec<String> {
        let kept = self.execute("return window.__cspViolations ?? null", json!([]));
        assert!(
            kept.is_array(),
            "the page does not collect violations of its policy in window.__cspViolations"
        );
        strings(&kept)
    }

    /// Tauri's isolation frame is there and takes no room.
    #[track_caller]
    pub fn assert_isolation_is_hidden(&self) {
        let script = "const f = document.getElementById('__tauri_isolation__'); return f && getComputedStyle(f).display";
        let display = self.execute(script, json!([]));
        assert_eq!(display, "none", "the style of the isolation frame; null means that there is no frame");
    }
}

fn strings(list: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    list.as_array().into_iter().flatten().map(text).collect()
}
