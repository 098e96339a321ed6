// Where a row of one layout lies in another: used when records arrive or go while the reader is somewhere in the middle.
import { type Days, UNDATED } from "./days";

/** The row of `after` that shows the same place as `row` did in `before`: same day, same distance from its heading. */
export function carried(before: Days, after: Days, row: number): number {
  if (row <= 0 || before.rows === 0 || after.rows === 0) return 0;
  const section = before.sectionOf(Math.min(row, before.rows - 1));
  if (section >= before.days.length) return Math.min(after.rows - 1, after.undatedRow + (row - before.undatedRow));
  const offset = row - before.headerRow(section);
  const day = before.days[section] ?? UNDATED;
  const place = after.placeOfDay(day);
  if (place < 0) return 0;
  if (after.days[place] !== day) return after.headerRow(place);
  return after.headerRow(place) + Math.min(offset, after.countAt(place));
}

/** The row of a day's heading, or of the next older day's. */
export function rowOfDay(layout: Days, day: number): number {
  const place = layout.placeOfDay(day);
  return place < 0 ? 0 : layout.headerRow(place);
}

/** The next heading after `row`; `Infinity` when none follows. */
export function nextHeading(layout: Days, row: number): number {
  const next = layout.sectionOf(row) + 1;
  if (next < layout.days.length) return layout.headerRow(next);
  return next === layout.days.length && layout.undated > 0 ? layout.undatedRow : Infinity;
}

/** The heading of the section that `row` belongs to. */
export function headingOf(layout: Days, row: number): number {
  const section = layout.sectionOf(row);
  return section < layout.days.length ? layout.headerRow(section) : layout.undatedRow;
}
