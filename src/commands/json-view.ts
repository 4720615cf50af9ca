import { endLine, jsonEventLine } from '../output/json.ts';
import { LineWriter } from './line-writer.ts';
import type { View, ViewParts } from './view.ts';

/** Writes one JSON object a line, the last of them the `end`. `region` is asked when the command is told. */
export function openJsonView({ store, clocks, shown }: ViewParts, region: () => string | null): View {
  const output = new LineWriter();
  store.onEvent((event) => {
    const line = jsonEventLine(event, clocks.awsTime(), region(), shown, store.circumstances);
    if (line !== null) output.write(line);
  });
  return {
    close: async (conclusion, figures) => {
      output.write(endLine(conclusion, figures, clocks.awsTime()));
      output.flush();
    },
  };
}
