import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const heap = new URL('../../src/commands/heap.ts', import.meta.url).href;

/** Bytes that V8 has for new objects, after much was made that stays, little by little. */
function newSpaceAfterGrowth(held: boolean): number {
  const script = `
    import { setImmediate as nextTurn } from 'node:timers/promises';
    import { getHeapSpaceStatistics } from 'node:v8';
    import { holdHeap } from '${heap}';
    if (${held}) holdHeap();
    globalThis.kept = [];
    for (let round = 0; round < 30; round += 1) {
      kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
      // What V8 collects is told between two turns.
      await nextTurn();
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  `;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

it('the room for new objects grows no more once there is enough', () => {
  const held = newSpaceAfterGrowth(true);
  expect(held).toBeGreaterThanOrEqual(16 * 1024 * 1024);
  expect(held).toBeLessThan(newSpaceAfterGrowth(false));
});
