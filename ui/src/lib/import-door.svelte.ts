// How any page opens the import flow without knowing it: it leaves a wish here, the flow takes it.
import type { ImportRow, Picked } from "../ipc/bindings";

/** What the flow is opened for. */
export interface ImportWish {
  /** The service that the page was about. */
  service: string | null;
  /** The import that is to be read anew from its archive. */
  again: ImportRow | null;
  /** Archives that are known already: they are looked at at once. */
  picked?: Picked[];
}

class ImportDoor {
  /** The open wish. */
  wish = $state.raw<ImportWish | null>(null);

  /** While sample data is open nothing is imported: the core refuses it, so no page offers it. */
  closed = $state(false);

  open(service: string | null = null): void {
    if (!this.closed) this.wish = { service, again: null };
  }

  /** Asks for the archive of an import whose recipes changed, and reads it anew. */
  openAgain(row: ImportRow): void {
    if (!this.closed) this.wish = { service: row.service, again: row };
  }

  /** Looks at archives that arrived. */
  openPicked(picked: Picked[]): void {
    if (!this.closed) this.wish = { service: null, again: null, picked };
  }

  take(): ImportWish | null {
    const wish = this.wish;
    this.wish = null;
    return wish;
  }
}

export const importDoor = new ImportDoor();
