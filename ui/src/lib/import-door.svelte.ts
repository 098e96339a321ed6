// How any page opens the import flow without knowing it: it leaves a wish here, the flow takes it.

class ImportDoor {
  /** The open wish; `service` where the page was about one. */
  wish = $state.raw<{ service: string | null } | null>(null);

  open(service: string | null = null): void {
    this.wish = { service };
  }

  take(): { service: string | null } | null {
    const wish = this.wish;
    this.wish = null;
    return wish;
  }
}

export const importDoor = new ImportDoor();
