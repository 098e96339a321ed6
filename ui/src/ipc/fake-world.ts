// The state behind the fake backend: what phase, what preferences, what the log says, who listens. Everything
// in it is invented. The parts of the fake (services, timeline) share one of these.
import type { Topic } from "./backend";
import type { AppState, Code, LockRules, LogEntry, Phase } from "./bindings";
import { AppError } from "./error";

export interface FakeOptions {
  phase?: Phase;
  /** Records on the timeline, spread over the services. 0: nothing was imported yet. */
  records?: number;
  sample?: boolean;
  keyring?: boolean;
  /** Milliseconds that each answer takes. */
  delay?: number;
  /** For phase `fault`. */
  fault?: Code;
  appearance?: string;
  textSize?: number;
  /** What was asked of services: nothing, three that wait, one that is late, one that is ready, or all of these. */
  requests?: "none" | "waiting" | "overdue" | "ready" | "all";
  /** Whether there is a recovery code. */
  recovery?: boolean;
  /** Whether services are listed while nothing is imported. */
  listed?: boolean;
  /** Whether the system tells when it is idle, sleeps or locks its screen. */
  heard?: boolean;
}

export class FakeWorld {
  readonly options: Required<FakeOptions>;
  state: AppState;
  log: LogEntry[] = [];
  /** What a lock kept. */
  place: string | null = null;
  lock: LockRules = { idle_minutes: 10, on_sleep: true, on_screen_lock: true };
  readonly topics = new Set<(topics: Topic[]) => void>();

  constructor(options: FakeOptions = {}) {
    this.options = {
      phase: "open", records: 3000, sample: false, keyring: true, delay: 0, fault: "busy", appearance: "system",
      textSize: 100, requests: "none", recovery: false, listed: false, heard: true, ...options,
    };
    const { phase, sample, keyring, fault } = this.options;
    this.state = {
      phase, sample, keyring, slots: phase === "first-run" ? [] : [keyring ? "keyring" : "passphrase", "passphrase"],
      fault: phase === "fault" ? { code: fault, message: "an invented fault", next: "" } : null,
      trouble: null,
      preferences: {
        appearance: this.options.appearance, text_size: this.options.textSize, home_zone: "Europe/Berlin",
        country: "DE", keep_originals: true,
      },
      version: "0.1.0",
    };
    this.state.slots = [...new Set(this.state.slots)];
    if (this.options.recovery) this.state.slots.push("recovery");
    this.seedLog();
  }

  /** Answers after the delay; `locked` unless the vault is open. */
  async open<T>(answer: () => T): Promise<T> {
    await this.wait();
    if (this.state.phase !== "open") throw this.error("locked");
    return answer();
  }

  wait(): Promise<void> {
    return this.options.delay > 0 ? new Promise((done) => setTimeout(done, this.options.delay)) : Promise.resolve();
  }

  error(code: Code): AppError {
    return new AppError({ code, message: `fake: ${code}`, next: "" });
  }

  emit(...topics: Topic[]): void {
    for (const listener of [...this.topics]) listener(topics);
  }

  /** Adds an entry to the log, as the core does with each write. */
  note(kind: string, payload: Record<string, unknown>, at = new Date().toISOString()): number {
    const seq = this.log.length;
    this.log.push({ seq, at, kind, payload });
    return seq;
  }

  private seedLog(): void {
    if (this.options.phase === "first-run") return;
    this.note("vault.made", { services: ["spotify", "netflix"], version: "0.1.0" }, "2026-01-12T08:00:00Z");
    if (this.options.records === 0) return;
    this.note("import.done", { import: 1, service: "spotify", archive_sha256: "0".repeat(64), rows: 3100, read: 3000, known: 0, skipped: 96, failed: 4, records: 3000 }, "2026-01-12T08:09:00Z");
    this.note("choice.set", { changes: [{ service: "spotify", purpose: "ads-here", from: "undecided", to: "off", until: null }] }, "2026-01-12T08:12:00Z");
    this.note("choice.set", { changes: [{ service: "spotify", purpose: "ads-elsewhere", from: "undecided", to: "off", until: "2027-01-01T00:00:00Z" }] }, "2026-03-03T19:41:00Z");
  }
}
