import { expect, it } from 'vitest';
import { rolloutPace } from '../../src/ui/frame-pace.ts';
import { command, invocation } from '../helpers/fixtures.ts';
import { snapshot } from '../helpers/ui-fixtures.ts';

const known = { ...snapshot(), activity: { kind: 'reading' } as const };

it.each([
  ['the same once more', { readAt: 5 }, false, false],
  ['a wait', { activity: { kind: 'waiting', until: 5 } as const }, false, false],
  ['a pause', { activity: { kind: 'paused' } as const }, true, false],
  ['the command', { command: command() }, true, false],
  ['rows', { rows: [invocation()] }, false, true],
])('%s', (_, change, urgent, bringsRows) => {
  const after = { ...known, ...change };
  expect(rolloutPace.asksForFrame(known, after)).toBe(urgent);
  expect(rolloutPace.bringsRows(known, after)).toBe(bringsRows);
});
