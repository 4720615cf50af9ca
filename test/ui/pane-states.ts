import { initialState, type Mode, outputTop, type ScreenState } from '../../src/ui/state.ts';
import { drawn, outputView } from '../helpers/ui-fixtures.ts';

/** A line of the output of a hundred lines. */
export const place = (line: number) => ({ block: 'stdout', id: line });

/** The detail pane of `a`, with this line on top. */
export const detail = (top = 0, pluginIndex: number | null = null): Extract<Mode, { kind: 'detail' }> => ({
  kind: 'detail',
  invocationKey: 'a',
  pluginIndex,
  top: { ...place(top), row: 0 },
  end: 'start',
  from: 'list',
});

/** Index of the first visible line of an output of a hundred lines, or another one. */
export const topLine = (state: ScreenState, output = outputView(100, 20)) =>
  output.firstLine(outputTop(state));

/** A hundred lines drawn, of which these match. */
export const matching = (...lines: number[]) => drawn({ output: outputView(100, 20, lines) });

/** The whole state then. */
export const inDetail = (top = 0, change: Partial<ScreenState> = {}): ScreenState => ({
  ...initialState(),
  selectedKey: 'a',
  mode: detail(top),
  ...change,
});
