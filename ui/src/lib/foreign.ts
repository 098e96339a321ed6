// Text that someone else wrote. It is only ever shown as text; characters that would hide, reorder or break
// it are made visible instead, so that a title cannot pretend to be something else.

const HIDING = new RegExp(
  // C0 and C1 controls, soft hyphen, zero-width space, bidi marks and overrides, byte order mark, tags.
  "[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\u{e0000}-\\u{e007f}]",
  "gu",
);

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f) return "\u2421";
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return `\u2039U+${code.toString(16).toUpperCase().padStart(4, "0")}\u203a`;
}

/** One line: every hiding character becomes a visible one. */
export function visible(text: string): string {
  return text.replace(HIDING, shown);
}

/** Several lines: line ends and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(HIDING, (c) => (c === "\n" || c === "\t" ? c : shown(c)));
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** For putting foreign text into a sentence: visible, and isolated where its direction could leak. */
export function isolated(text: string): string {
  const plain = visible(text);
  return RIGHT_TO_LEFT.test(plain) ? `\u2068${plain}\u2069` : plain;
}
