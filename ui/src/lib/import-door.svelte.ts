// How any page opens the import flow without knowing it: it leaves a wish here, the flow takes it.

class ImportDoor {
  /** The open wish; `service` where the page was about one. */
  wish = $state.raw<{ service: string | null } | null>(null);

  /** While sample data is open nothing is imported: the core refuses it, so no page offers it. */
  closed = $state(false);

  open(service: string | null = null): void {
    if (!this.closed) this.wish = { service };
  }

  take(): { service: string | null } | null {
    const wish = this.wish;
    this.wish = null;
    return wish;
  }
}

export const importDoor = new ImportDoor();
