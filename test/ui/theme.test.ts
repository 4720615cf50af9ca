import { describe, expect, it } from 'vitest';
import { phaseOf, type StatusPair } from '../../src/domain/status.ts';
import { outcomeTone, textTone } from '../../src/ui/theme.ts';
import { verdict } from '../helpers/ui-fixtures.ts';

describe('the colour of a status', () => {
  it.each<[string, string, ReturnType<typeof textTone>]>([
    ['Success', 'Success', { color: 'green' }],
    ['Failed', 'Failed', { color: 'red' }],
    ['TimedOut', 'DeliveryTimedOut', { color: 'red' }],
    ['Cancelled', 'Cancelled', { color: 'red' }],
    ['Success', 'NoInstancesInTag', { color: 'red' }],
    ['InProgress', 'InProgress', { color: 'cyan' }],
    ['Pending', 'Pending', { color: 'yellow' }],
    ['Pending', 'Delayed', { color: 'yellow' }],
    ['Cancelling', 'Cancelling', { color: 'yellow' }],
    ['Exploding', 'Exploding', {}],
  ])('%s/%s', (status, statusDetails, tone) => {
    const pair: StatusPair = { status, statusDetails };
    expect(textTone(phaseOf(pair))).toEqual(tone);
  });
});

describe('the verdict', () => {
  it.each([
    ['success', 'green'],
    ['failure', 'red'],
    ['no-targets', 'yellow'],
  ] as const)('%s is %s, and stands out', (outcome, color) =>
    expect(outcomeTone(verdict(outcome))).toEqual({ color, bold: true }),
  );

  it('is nothing special before there is one', () => expect(outcomeTone(null)).toEqual({}));
});
