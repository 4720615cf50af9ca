import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { timeText } from '../../src/ui/time-text.ts';
import { invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

describe('timeText', () => {
  const [from, until, now] = [requestedAt + 1_000, requestedAt + 9_000, requestedAt + 60_000];
  const running = { status: 'InProgress', requestedAt } as const;

  it.each<[string, Partial<Invocation>, string]>([
    ['ended', { plugins: [plugin({ startedAt: from, finishedAt: until })] }, '8s'],
    [
      'ended after two steps',
      {
        plugins: [
          plugin({ startedAt: from, finishedAt: from }),
          plugin({ startedAt: until, finishedAt: until }),
        ],
      },
      '8s',
    ],
    ['ended, without times', { plugins: [plugin()] }, '—'],
    ['ended, never started', { status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }, '—'],
    ['running since its first step began', { ...running, plugins: [plugin({ startedAt: from })] }, '59s'],
    ['running since it was seen to', { ...running, runningSince: until }, '51s'],
    ['running since it was asked for', running, '1m 00s'],
    ['running since nobody knows', { ...running, requestedAt: null }, '—'],
    ['just ended', { ...running, endUnread: true }, '—'],
    ['pending', { status: 'Pending' }, '—'],
    ['delayed after it had run', { status: 'Delayed', runningSince: from }, '—'],
    ['unknown', { status: 'Sleeping' }, '—'],
  ])('%s', (_, change, text) => expect(timeText(invocation(change), now)).toBe(text));
});
