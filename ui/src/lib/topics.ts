// Who wants to know when something changed: names in, calls out. The kit does not know what the names mean.
type Listener = { topics: readonly string[]; changed: () => void };

const listeners = new Set<Listener>();

/** Calls `changed` whenever one of `topics` is announced. Answers with a function that stops it. */
export function listen(topics: readonly string[], changed: () => void): () => void {
  const listener = { topics, changed };
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells every listener of these topics once. */
export function announce(topics: readonly string[]): void {
  for (const listener of [...listeners]) {
    if (listener.topics.some((topic) => topics.includes(topic))) listener.changed();
  }
}
