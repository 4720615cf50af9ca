import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import type { DrawnColumn } from './columns.ts';

/** The text in exactly so many cells; what does not fit ends in `…`. */
export function fitCell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fitting = cutCell(text, width);
  const space = ' '.repeat(Math.max(0, width - stringWidth(fitting)));
  return align === 'left' ? fitting + space : space + fitting;
}

/** The text as a cell of the column, with the space that keeps the next one apart. */
export function drawCell(
  text: string,
  { width, align, isLast }: Pick<DrawnColumn, 'width' | 'align' | 'isLast'>,
): string {
  if (isLast) return align === 'left' ? cutCell(text, width) : fitCell(text, width, align);
  return `${fitCell(text, width, align)} `;
}

/** Characters for each cell that fill it, whatever they are, unless nearly all of them are combined with others. */
const enoughForCell = 50;

/** Most texts fit, which is found out sooner than where to cut them. Of a very long one only the beginning is measured. */
export function cutCell(text: string, width: number): string {
  if (width <= 0) return '';
  const beginning = text.slice(0, enoughForCell * (width + 1));
  if (stringWidth(beginning) > width) return cliTruncate(beginning, width);
  return stringWidth(text) <= width ? text : cliTruncate(text, width);
}
