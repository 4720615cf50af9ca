import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { random, uuid } from '../../../src/simulator/model/random.ts';

test('the same keys give the same numbers, other keys give others', () => {
  const draw = (...keys: (string | number)[]) => Array.from({ length: 5 }, random(...keys).next);
  expect(draw(1, 'row', 7)).toEqual(draw(1, 'row', 7));
  expect(draw('a', 'bc')).not.toEqual(draw('ab', 'c'));
});

test('int stays within its bounds, and shuffle keeps every item', () => {
  void fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(50), (seed, min, span) => {
      const source = random(seed);
      const drawn = source.int(min, min + span);
      expect(drawn).toBeGreaterThanOrEqual(min);
      expect(drawn).toBeLessThanOrEqual(min + span);
      const items = Array.from({ length: span }, (_, index) => index);
      expect(source.shuffle(items).toSorted((left, right) => left - right)).toEqual(items);
    }),
  );
});

test('a UUID is one of version 4', () => {
  expect(uuid(random(1))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
