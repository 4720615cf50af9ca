import { createPaint } from '../output/paint.ts';
import { plainEventLine, progressLine } from '../output/plain.ts';
import { closingSummary } from './closing-summary.ts';
import { LineWriter } from './line-writer.ts';
import type { View, ViewParts } from './view.ts';

/** A line on the progress follows when nothing was printed for so long. Milliseconds. */
const quiet = 30_000;

/** Prints one line for each change, and the closing summary. */
export function openPlainView(parts: ViewParts): View {
  const {
    store,
    clocks,
    shown,
    colours,
    characters: { spell },
  } = parts;
  const paint = createPaint(colours);
  const output = new LineWriter();
  let printedAt = clocks.monotonic();
  const print = (line: string | null) => {
    if (line === null) return;
    printedAt = clocks.monotonic();
    output.write(spell(line));
  };
  store.onEvent((event) => print(plainEventLine(event, clocks.awsTime(), shown, paint, store.circumstances)));
  store.subscribe(() => {
    if (store.rows.size === 0 || clocks.monotonic() - printedAt < quiet) return;
    print(progressLine(store.getSnapshot(), clocks.awsTime(), paint));
  });
  return {
    close: async (conclusion, { durationMs }) => {
      if (conclusion.outcome === 'refused') return output.flush();
      output.write(`\n${closingSummary(parts, conclusion, durationMs)}`);
      output.flush();
    },
  };
}
