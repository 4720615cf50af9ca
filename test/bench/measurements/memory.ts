import { setTimeout as delay } from 'node:timers/promises';
import { Endpoint } from '../endpoint.ts';
import { type Figure, figureOf } from '../figure.ts';
import { ssmWatch } from '../peers.ts';
import { memoryOf } from '../process-run.ts';
import { TimedTerminal } from '../timed-terminal.ts';

/** What the screen holds of 10,000 rows with their outputs. */
export function measureMemory(): Promise<Figure[]> {
  return memoryAt(10_000, 3, 200);
}

/** The same of 50,000, after one sweep only: it takes long. */
export function measureLargeMemory(): Promise<Figure[]> {
  return memoryAt(50_000, 1, 450);
}

/** `most`: MiB that may be resident. */
async function memoryAt(rows: number, sweeps: number, most: number): Promise<Figure[]> {
  using endpoint = await Endpoint.open(rows);
  using terminal = new TimedTerminal(ssmWatch(['--interval', '1', ...endpoint.args]), {
    columns: 120,
    rows: 55,
  });
  await terminal.waitFor(endpoint.firstInstanceId);
  const startedAt = performance.now();
  await endpoint.waitForPages(endpoint.pages);
  const sweepMs = performance.now() - startedAt;
  const of = `${rows.toLocaleString('en')} rows with outputs`;
  const target = { kind: 'value', most } as const;
  const resident: Figure[] = [];
  for (const sweep of new Set([1, sweeps])) {
    await endpoint.waitForPages(sweep * endpoint.pages);
    // The last page is still to be read when it has been asked for.
    await delay(500);
    const id = `memory-${rows}.sweep-${sweep}`;
    const { residentMiB } = memoryOf(terminal.pid);
    resident.push(
      figureOf({ id, what: `${of}: resident after sweep ${sweep}`, unit: 'MiB', target }, [residentMiB]),
    );
  }
  const { peakMiB } = memoryOf(terminal.pid);
  return [
    figureOf({ id: `memory-${rows}.first`, what: `${of}: first sweep, drawn meanwhile`, unit: 's' }, [
      sweepMs / 1000,
    ]),
    ...resident,
    figureOf({ id: `memory-${rows}.peak`, what: `${of}: peak`, unit: 'MiB', target }, [peakMiB]),
  ];
}
