import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const heap = new URL('../../src/commands/heap.ts', import.meta.url).href;

/** Bytes that V8 has for new objects, after much was made that stays. */
function newSpaceAfterGrowth(held: boolean): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { holdHeap } from '${heap}';
    if (${held}) holdHeap();
    globalThis.kept = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
  `;
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

it('the room for new objects grows no more once it is held', () => {
  expect(newSpaceAfterGrowth(true)).toBeLessThan(newSpaceAfterGrowth(false));
});
