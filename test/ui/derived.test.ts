import { expect, it, vi } from 'vitest';
import { Derived } from '../../src/ui/derived.ts';

it('derives anew only when a source is another than the last time', () => {
  const derived = new Derived<string>();
  const derive = vi.fn((sources: readonly unknown[]) => sources.join(' '));
  const of = (...sources: readonly unknown[]) => derived.of(sources, () => derive(sources));
  expect([of(1, 'a'), of(1, 'a'), of(1, 'b'), of(2, 'b')]).toEqual(['1 a', '1 a', '1 b', '2 b']);
  expect(derive).toHaveBeenCalledTimes(3);
  expect(of(1, 'a')).toBe('1 a');
  expect(derive).toHaveBeenCalledTimes(4);
});

it('keeps a value that is null', () => {
  const derived = new Derived<null>();
  const derive = vi.fn(() => null);
  derived.of([], derive);
  derived.of([], derive);
  expect(derive).toHaveBeenCalledTimes(1);
});
