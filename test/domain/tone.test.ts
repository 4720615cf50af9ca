import { expect, it } from 'vitest';
import { phaseOf } from '../../src/domain/status.ts';
import { glyphOf, toneOf } from '../../src/domain/tone.ts';

it.each([
  ['Pending', 'Pending', '○', 'yellow'],
  ['Pending', 'Delayed', '◷', 'yellow'],
  ['Cancelling', 'Cancelling', '○', 'yellow'],
  ['InProgress', 'InProgress', '●', 'cyan'],
  ['Success', 'Success', '✓', 'green'],
  ['Success', 'SucceededWithWarnings', '✗', 'red'],
  ['Failed', 'Failed', '✗', 'red'],
  ['TimedOut', 'DeliveryTimedOut', '✗', 'red'],
  ['Cancelled', 'Cancelled', '✗', 'red'],
  ['Rebooting', 'Rebooting', '?', null],
])('%s/%s is %s in %s', (status, statusDetails, glyph, tone) => {
  const pair = { status, statusDetails };
  expect([glyphOf(pair), toneOf(phaseOf(pair))]).toEqual([glyph, tone]);
});
