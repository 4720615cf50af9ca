import { outputTop, type ScreenState } from '../state.ts';
import type { OutputView } from './output-view.ts';

/** Index of the next line with a match, seen from where `n` and `N` have come to; undefined where there is none. */
export function matchBelow(state: ScreenState, output: OutputView): number | undefined {
  const current = currentLine(state, output);
  return output.matches.lines.find((line) => line > current);
}

/** Index of the line with a match before that. */
export function matchAbove(state: ScreenState, output: OutputView): number | undefined {
  const current = currentLine(state, output);
  return output.matches.lines.findLast((line) => line < current);
}

/** The match that was come to, which can be below the top of the last page, or else the line on top. */
function currentLine(state: ScreenState, output: OutputView): number {
  return state.match ? output.document.indexOf(state.match) : output.firstLine(outputTop(state));
}
