import { afterEach, expect, it, vi } from 'vitest';
import { createPaint } from '../../src/output/paint.ts';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['red', '\u001b[31mx\u001b[39m'],
  ['green', '\u001b[32mx\u001b[39m'],
  ['yellow', '\u001b[33mx\u001b[39m'],
  ['cyan', '\u001b[36mx\u001b[39m'],
  [null, 'x'],
] as const)('%s, whatever the environment says: that was asked before', (tone, painted) => {
  vi.stubEnv('NO_COLOR', '1');
  expect(createPaint(true)(tone, 'x')).toBe(painted);
  vi.stubEnv('FORCE_COLOR', '3');
  expect(createPaint(false)(tone, 'x')).toBe('x');
});
