import { endLine, eventLine } from '../output/json.ts';
import type { View, ViewParts } from './view.ts';

/** Writes one JSON object a line, the last of them the `end`. `region` is asked when the command is told. */
export function openJsonView({ store, clocks, shown }: ViewParts, region: () => string | null): View {
  const write = (line: string | null) => {
    if (line !== null) process.stdout.write(`${line}\n`);
  };
  store.onEvent((event) => write(eventLine(event, clocks.awsTime(), region(), shown, store.circumstances)));
  return {
    close: async (conclusion, figures) => write(endLine(conclusion, figures, clocks.awsTime())),
  };
}
