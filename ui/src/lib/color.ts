// Which ink reads on a badge, and how much two colors differ (WCAG's relative luminance).

function channel(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  const n = parseInt(hex.slice(1), 16);
  return 0.2126 * channel((n >> 16) & 255) + 0.7152 * channel((n >> 8) & 255) + 0.0722 * channel(n & 255);
}

/** 1 to 21. Both are `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The color if it is one, else a gray: colors come from files. */
export const badge = (color: string): string => (/^#[0-9a-f]{6}$/i.test(color) ? color : "#4a4f57");

/** White where it reads well enough for a large letter (4), else black, which then reads better. */
export const inkOn = (ground: string): string =>
  contrast(ground, "#ffffff") >= 4 ? "#ffffff" : "#000000";
