/** ISO 8601, or null for what is no time that has a date. */
export function isoOf(epochMs: number | null): string | null {
  const date = new Date(epochMs ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** To a tenth. */
export function rounded(number: number): number;
export function rounded(number: number | null): number | null;
export function rounded(number: number | null): number | null {
  return number === null ? null : Math.round(number * 10) / 10;
}
