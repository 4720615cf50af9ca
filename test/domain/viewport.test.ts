import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clamp, topFor } from '../../src/domain/viewport.ts';

it.each([
  ['stays where the cursor is visible', 5, { top: 3, height: 4 }, 20, 3],
  ['stays with the cursor on the first line', 3, { top: 3, height: 4 }, 20, 3],
  ['stays with the cursor on the last line', 6, { top: 3, height: 4 }, 20, 3],
  ['goes up no more than needed', 2, { top: 3, height: 4 }, 20, 2],
  ['goes down no more than needed', 7, { top: 3, height: 4 }, 20, 4],
  ['goes to the end', 19, { top: 0, height: 4 }, 20, 16],
  ['shows a list that fits from its first line', 1, { top: 1, height: 10 }, 3, 0],
  ['leaves no empty line below a list that shrank', 11, { top: 15, height: 5 }, 12, 7],
  ['an empty list', -1, { top: 4, height: 5 }, 0, 0],
  ['no cursor', -1, { top: 4, height: 5 }, 20, 4],
  ['no cursor on a list that shrank', -1, { top: 18, height: 5 }, 20, 15],
  ['no line to show', 7, { top: 4, height: 0 }, 20, 4],
])('%s', (_, cursor, viewport, length, top) => expect(topFor(cursor, viewport, length)).toBe(top));

const situation = fc
  .record({
    length: fc.integer({ min: 1, max: 200 }),
    height: fc.integer({ min: 1, max: 60 }),
    top: fc.integer({ min: -5, max: 250 }),
  })
  .chain((window) => fc.record({ window: fc.constant(window), cursor: fc.nat(window.length - 1) }));

it('always shows the cursor, and a full window where the list fills one', () =>
  fc.assert(
    fc.property(situation, ({ window: { length, height, top }, cursor }) => {
      const moved = topFor(cursor, { top, height }, length);
      expect(moved).toBeGreaterThanOrEqual(0);
      expect(moved).toBeLessThanOrEqual(Math.max(0, length - height));
      expect(cursor).toBeGreaterThanOrEqual(moved);
      expect(cursor).toBeLessThan(moved + height);
    }),
  ));

it('does not move a second time', () =>
  fc.assert(
    fc.property(situation, ({ window: { length, height, top }, cursor }) => {
      const moved = topFor(cursor, { top, height }, length);
      expect(topFor(cursor, { top: moved, height }, length)).toBe(moved);
    }),
  ));

it.each([
  [5, 0, 9, 5],
  [-1, 0, 9, 0],
  [10, 0, 9, 9],
  [5, 3, 3, 3],
])('clamp(%d, %d, %d): %d', (value, least, most, clamped) => expect(clamp(value, least, most)).toBe(clamped));
