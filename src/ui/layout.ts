import type { Freshness } from './header/age-text.ts';
import { problemHeight } from './header/problem-lines.ts';
import type { ScreenSize } from './screen-size.ts';

const footerLines = 1;
const tableTitleLines = 1;

/** Lines between header and footer. `headerLines`: those of the header without what is wrong. */
export function bodyHeight(
  headerLines: number,
  snapshot: Pick<Freshness, 'problems'>,
  size: ScreenSize,
): number {
  return Math.max(0, size.rows - headerLines - problemHeight(snapshot, size) - footerLines);
}

/** Rows of a table that fills the body. */
export function tableHeight(body: number): number {
  return Math.max(0, body - tableTitleLines);
}
