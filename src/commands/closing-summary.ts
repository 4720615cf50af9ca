import type { Conclusion } from '../domain/conclusion.ts';
import { createPaint } from '../output/paint.ts';
import { summaryLines } from '../output/summary.ts';
import type { ViewParts } from './view.ts';

/** The closing summary of a watch as it is printed, without a newline at its end. `durationMs` is milliseconds. */
export function closingSummary(
  { commandId, store, colours, characters }: Omit<ViewParts, 'clocks' | 'shown'>,
  conclusion: Conclusion,
  durationMs: number,
): string {
  const { command, rows, circumstances } = store.getSnapshot();
  const input = { conclusion, commandId, command, rows, circumstances, durationMs };
  return characters.spell(summaryLines(input, createPaint(colours)).join('\n'));
}
