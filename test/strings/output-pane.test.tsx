import * as fc from 'fast-check';
import { Box, renderToString } from 'ink';
import { expect, it, vi } from 'vitest';
import { sanitiseLines } from '../../src/domain/sanitise.ts';
import { applySgr, plainStyle } from '../../src/domain/sgr.ts';
import { fixedBlock, noMatches, OutputDocument } from '../../src/ui/detail/output-document.ts';
import { OutputRowLine } from '../../src/ui/detail/output-row.tsx';
import { cutWidth, OutputView } from '../../src/ui/detail/output-view.ts';
import { dangerousText, unprintableIn, withoutOwnSgr } from '../helpers/dangerous-text.ts';
import { drawnCount, textTimeout } from './count.ts';

// Ink decides on colours when it is loaded.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '3';
});

/** More cells than a text takes. */
const columns = 1_000;
/** Frames cost more than lines. */
const linesOfFrame = 50;

/** What the pane writes for the lines of a text. */
function drawn(lines: readonly string[], search: string): string[] {
  const document = new OutputDocument([fixedBlock('text', 'stdout', lines)]);
  const rows = new OutputView(
    document,
    noMatches,
    lines.length,
    null,
    cutWidth(columns, search),
    columns,
  ).rows('start');
  const drawnRows = rows.map((row) => <OutputRowLine key={row.key} row={row} search={search} />);
  return renderToString(<Box flexDirection="column">{drawnRows}</Box>, { columns }).split('\n');
}

const sgr = new RegExp(`${String.fromCharCode(0x1b)}\\[([\\d;]*)m`, 'g');

/** Whether no colour goes on behind the line. */
function endsPlain(line: string): boolean {
  const sequences = [...line.matchAll(sgr)];
  const style = sequences.reduce((before, [, parameters = '']) => applySgr(before, parameters), plainStyle);
  return Object.keys(style).length === 0;
}

it(
  'the output pane writes what can be seen and our own colours, each line for itself, whatever the text',
  async () => {
    let coloured = 0;
    const line = dangerousText().map((text) => text.replaceAll('\n', ''));
    const frame = fc.array(line, { minLength: linesOfFrame, maxLength: linesOfFrame });
    const isSafe = (written: string, line: string) => {
      const text = withoutOwnSgr(written);
      if (text !== written) coloured += 1;
      const isWhole = text.trimEnd() === sanitiseLines(line).join('').trimEnd();
      return isWhole && unprintableIn(text).length === 0 && endsPlain(written);
    };
    const property = fc.property(frame, fc.constantFrom('', 'a', '1', '👩'), (lines, search) => {
      const shown = drawn(lines, search);
      return shown.length === lines.length && shown.every((one, index) => isSafe(one, lines[index] ?? ''));
    });
    await fc.assert(property, { numRuns: drawnCount / linesOfFrame });
    expect(coloured).toBeGreaterThan(drawnCount / 10);
  },
  textTimeout,
);
