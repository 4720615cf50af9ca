import { setTimeout as delay } from 'node:timers/promises';
import { Endpoint } from '../endpoint.ts';
import { type Figure, figureOf } from '../figure.ts';
import { ssmWatch } from '../peers.ts';
import { cpuOf } from '../process-run.ts';
import { TimedTerminal } from '../timed-terminal.ts';

const intervalSeconds = 2;
const ticks = 10;
/** A watch goes on for minutes: what the compiler does in its first seconds is not rest. Milliseconds. */
const settling = 10_000;

/** What a watch costs in which nothing changes but times: 50 rows, of which 5 run. */
export async function measureRest(): Promise<Figure[]> {
  using endpoint = await Endpoint.open(50);
  using terminal = new TimedTerminal(ssmWatch(['--interval', String(intervalSeconds), ...endpoint.args]), {
    columns: 120,
    rows: 55,
  });
  await terminal.waitFor(endpoint.firstInstanceId);
  await delay(settling);
  const bytesBefore = Buffer.byteLength(terminal.output);
  const cpuBefore = cpuOf(terminal.pid);
  const startedAt = performance.now();
  await delay(ticks * intervalSeconds * 1000);
  const wallMs = performance.now() - startedAt;
  const bytes = Buffer.byteLength(terminal.output) - bytesBefore;
  return [
    figureOf(
      {
        id: 'rest.cpu',
        what: 'at rest, 50 rows, every 2 s',
        unit: '% of a core',
        target: { kind: 'value', most: 2 },
      },
      [(100 * (cpuOf(terminal.pid) - cpuBefore)) / wallMs],
    ),
    figureOf(
      {
        id: 'rest.terminal',
        what: 'at rest, to the terminal in 2 s',
        // Not `bytes`, which are compared with the baseline: how many frames fall into the time is chance.
        unit: 'B',
        target: { kind: 'value', most: 1000 },
      },
      [bytes / ticks],
    ),
  ];
}
