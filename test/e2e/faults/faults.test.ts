import { describe, expect, test, vi } from 'vitest';
import { faultKinds } from '../../../src/simulator/faults/faults.ts';
import { type Cell, everyCell, faultTable, networkFaults, pairwiseCells } from './fault-table.ts';
import { FaultyRollout } from './faulty-rollout.ts';
import { type Viewer, viewers } from './viewers.ts';

/** `npm run faults` tries all cells; the suite so many that every two of fault, moment and output meet. */
const cells = process.env.FAULTS === 'all' ? everyCell : pairwiseCells;

// Most of the time is waiting: for back-off, for answers that never come.
vi.setConfig({ maxConcurrency: 12, testTimeout: 120_000 });

/** The program meets the fault, tells of it, and goes on by itself when it is over. */
async function survive({ moment, told, mayEndAtOnce }: Cell, rollout: FaultyRollout, viewer: Viewer) {
  if (moment !== 'before the first row') {
    await viewer.rows(rollout.ended);
    await rollout.strike();
  }
  if (moment === 'in the last sweep') rollout.finish();
  if (told && !mayEndAtOnce) await viewer.problem(told);
  else await until(() => rollout.wasMet || viewer.isOver);
  await rollout.mend();
  if (told) await viewer.recovery();
  rollout.finish();
}

const until = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 60_000, interval: 20 });

describe.concurrent('every fault is told, and survived', () => {
  test.for(cells)('$fault $moment, $output', async (cell) => {
    await using rollout = await FaultyRollout.open(cell);
    if (cell.moment === 'before the first row') await rollout.strike();
    using viewer = viewers[cell.output](rollout.args, rollout.env);
    if (!cell.isRefusal) await survive(cell, rollout, viewer);
    const { exitCode, words } = await viewer.end();
    const truth = cell.isRefusal ? null : rollout.truth;
    const mistakes = viewer.mistakes({ ...cell, truth, requests: rollout.requests });
    const lostRows = cell.moment === 'mid-watch' && cell.told ? viewer.lostRows : [];
    expect({ exitCode, mistakes, lostRows }).toEqual({
      exitCode: cell.isRefusal ? 3 : 1,
      mistakes: [],
      lostRows: [],
    });
    if (cell.isRefusal) expect(words).toMatch(new RegExp(`^ssm-watch: [^\\n]*${cell.told?.[1].source}`, 'm'));
  });
});

test('every fault that a list call can meet is in the table', () => {
  const kinds = Object.keys(faultKinds).filter((kind) => kind !== 'wrong-region');
  expect(faultTable.map(({ fault }) => fault).sort()).toEqual([...kinds, ...networkFaults].sort());
});
