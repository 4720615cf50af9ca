import { afterEach, describe, expect, it, vi } from 'vitest';
import { phaseOf, type StatusPair } from '../../src/domain/status.ts';
import { outcomeTone, paintInverse, paintTone, textTone } from '../../src/ui/theme.ts';
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

describe('what is painted', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('has the colour of its phase, and the inverse of it', () => {
    vi.stubEnv('FORCE_COLOR', '1');
    expect(paintTone('failed', '✗✗')).toBe('\u001b[31m✗✗\u001b[39m');
    expect(paintInverse('failed', '✗')).toBe('\u001b[7m\u001b[31m✗\u001b[39m\u001b[27m');
    expect(paintTone('unknown', '?')).toBe('?');
    expect(paintInverse('unknown', '?')).toBe('\u001b[7m?\u001b[27m');
  });

  it('is plain without colours, and still stands out where it is inverse', () => {
    vi.stubEnv('FORCE_COLOR', '0');
    expect(paintTone('failed', '✗✗')).toBe('✗✗');
    expect(paintInverse('failed', '✗')).toBe('█');
  });
});

describe('the look of the verdict', () => {
  it.each([
    ['success', 'green'],
    ['failure', 'red'],
    ['no-targets', 'yellow'],
  ] as const)('%s is %s, and stands out', (outcome, color) =>
    expect(outcomeTone(verdict(outcome))).toEqual({ color, bold: true }),
  );

  it('is nothing special before there is one', () => expect(outcomeTone(null)).toEqual({}));
});
