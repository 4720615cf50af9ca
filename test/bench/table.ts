import { type Figure, isMet, type Unit } from './figure.ts';
import type { Sample } from './statistics.ts';

const titles = ['what', 'ours', 'peer', "peer's", 'ratio', 'target', 'met'];
/** Columns of text; the others are numbers, and stand on the right. */
const leftAligned: ReadonlySet<number> = new Set([0, 2, 6]);

/** The figures as lines of text: medians, and in brackets the least and the most of the runs. */
export function tableLines(figures: readonly Figure[]): string[] {
  const cells = [titles, ...figures.map(cellsOf)];
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return leftAligned.has(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(line)];
}

function cellsOf(figure: Figure): string[] {
  const { what, unit, ours, peer, ratio } = figure;
  const met = isMet(figure);
  return [
    what,
    sampleText(ours, unit),
    peer?.name ?? '',
    peer ? sampleText(peer.sample, unit) : '',
    ratio === null ? '' : ratio.toFixed(2),
    targetText(figure),
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

function targetText({ target, unit }: Figure): string {
  if (target === null) return '';
  return target.kind === 'ratio' ? `≤ ${target.most} ×` : `≤ ${numberText(target.most)} ${unit}`;
}

function sampleText({ median, least, most, runs }: Sample, unit: Unit): string {
  const spread = runs > 1 ? ` [${numberText(least)}–${numberText(most)}]` : '';
  return `${numberText(median)} ${unit}${spread}`;
}

/** Three digits that count, and no more than one behind the point. */
function numberText(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
}
