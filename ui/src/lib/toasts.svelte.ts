// Short notes at the bottom of the window, with a way back. A toast with an undo stays until it is closed or
// ten seconds without pointer or focus on it have gone by.

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "warn";
  undo?: () => Promise<void> | void;
}

class Toasts {
  items = $state.raw<readonly Toast[]>([]);
  #next = 1;

  show(text: string, options: { undo?: Toast["undo"]; tone?: Toast["tone"] } = {}): number {
    const toast: Toast = { id: this.#next++, text, tone: options.tone ?? "plain", undo: options.undo };
    // At most three: an older one has been read or is in the log.
    this.items = [...this.items.slice(-2), toast];
    return toast.id;
  }

  close(id: number): void {
    this.items = this.items.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.items = [];
  }
}

export const toasts = new Toasts();
