import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Figure, figureOf } from '../figure.ts';

const dayProcess = fileURLToPath(new URL('../day-process.ts', import.meta.url));
/** Percent that the heap may stray from what it was after the first hour. */
const most = 5;

/** What a watch holds, hour by hour, of 1,000 rows that keep changing for 24 hours of virtual time. */
export async function measureDay(): Promise<Figure[]> {
  const child = fork(dayProcess, { execArgv: ['--expose-gc'] });
  const [{ heap, rows, calls }] = await once(child, 'message');
  const [first = Number.NaN, ...later] = heap as number[];
  const strayed = Math.max(...later.map((hour) => Math.abs(hour - first) / first)) * 100;
  const what = `24 h at ${rows.toLocaleString('en')} rows that change`;
  return [
    figureOf({ id: 'memory-day.heap', what: `${what}: heap in use, hour by hour`, unit: 'MiB' }, heap),
    figureOf(
      {
        id: 'memory-day.strayed',
        what: `${what}: farthest from that of the first hour`,
        unit: '%',
        target: { kind: 'value', most },
      },
      [strayed],
    ),
    figureOf({ id: 'memory-day.calls', what: `${what}: calls, every 2 minutes`, unit: 'calls' }, [calls]),
  ];
}
