/** A window of lines on a longer list. */
export interface Viewport {
  /** Index of the first visible line. */
  readonly top: number;
  /** Visible lines. */
  readonly height: number;
}

/** Where the window must begin so that the line at `cursor` is visible, moved no more than needed. */
export function topFor(cursor: number, { top, height }: Viewport, length: number): number {
  const lowest = Math.max(0, length - height);
  if (height <= 0 || cursor < 0) return clamp(top, 0, lowest);
  return clamp(clamp(top, cursor - height + 1, cursor), 0, lowest);
}

/** The number nearest to `value` between `least` and `most`. */
export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
