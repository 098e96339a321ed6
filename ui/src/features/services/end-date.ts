// Days that an end date can have. Calendar days of this computer's clock; the core checks them again.

/** `YYYY-MM-DD`, some months after `from`; the last day of the month where the day does not exist. */
export function monthsLater(from: Date, months: number): string {
  const target = new Date(Date.UTC(from.getFullYear(), from.getMonth() + months, 1));
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getDate(), last));
  return target.toISOString().slice(0, 10);
}

/** The first day that an end date can have. */
export function tomorrow(now: Date): string {
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + 1)).toISOString().slice(0, 10);
}
