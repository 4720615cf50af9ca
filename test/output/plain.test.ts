import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { everything } from '../../src/domain/rows.ts';
import { createPaint } from '../../src/output/paint.ts';
import { plainEventLine, progressLine } from '../../src/output/plain.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import { nothingRead, type Snapshot } from '../../src/watch/snapshot.ts';
import { command, commandId, hostileIn, instanceId, invocation, plugin } from '../helpers/fixtures.ts';

/** 09:05:07 of the local time. */
const at = new Date(2026, 8, 27, 9, 5, 7, 999).getTime();
const plain = createPaint(false);
const line = (event: WatchEvent, shown = everything) => plainEventLine(event, at, shown, plain);

const failed = invocation({
  status: 'Failed',
  plugins: [
    plugin({
      status: 'Failed',
      responseCode: 127,
      output: '\n----------ERROR-------\nyum: command not found\n',
    }),
  ],
});
const running = invocation({ status: 'InProgress' });
const pending = invocation({ status: 'Pending' });

describe('a line for an event', () => {
  it.each<[string, Invocation, Invocation | null, string]>([
    ['first seen', pending, null, 'web-eu-01  Pending'],
    ['on', running, pending, 'web-eu-01  Pending → InProgress'],
    ['back', pending, running, 'web-eu-01  InProgress → Pending'],
    ['over', invocation({ plugins: [plugin()] }), running, 'web-eu-01  InProgress → Success  exit 0'],
    ['failed', failed, running, 'web-eu-01  InProgress → Failed  exit 127  yum: command not found'],
    ['failed, first seen', failed, null, 'web-eu-01  Failed  exit 127  yum: command not found'],
    [
      'not delivered',
      invocation({
        status: 'TimedOut',
        statusDetails: 'DeliveryTimedOut',
        plugins: [plugin({ status: 'TimedOut', responseCode: -1 })],
      }),
      running,
      'web-eu-01  InProgress → DeliveryTimedOut  not delivered before the timeout',
    ],
    [
      'a step',
      { ...running, plugins: [plugin({ name: 'a' }), plugin({ name: 'b', status: 'InProgress' })] },
      running,
      'web-eu-01  InProgress  step 2 of 2: b',
    ],
    ['no name', { ...running, instanceName: '' }, null, 'InProgress'],
    [
      'unknown',
      { ...running, statusDetails: 'Re\u001b[2Jboot' },
      running,
      'web-eu-01  InProgress → Re^[[2Jboot',
    ],
  ])('invocation, %s', (_, row, previous, text) => {
    expect(line({ type: 'invocation', invocation: row, previous })).toBe(`09:05:07  ${instanceId}  ${text}`);
  });

  it('says nothing of the parameters of a command, which may hold secrets', () => {
    const fields = [{ name: 'commands', value: 'hunter2' }];
    const told = line({ type: 'command', command: command({ parameters: fields, allFields: fields }) });
    expect(told).toBe(line({ type: 'command', command: command() }));
  });

  it.each<[string, WatchEvent, string]>([
    [
      'command',
      { type: 'command', command: command({ status: 'InProgress', targetCount: 1000 }) },
      `command ${commandId}  AWS-RunShellScript · patch kernel  InProgress, 1,000 targets`,
    ],
    [
      'one target',
      { type: 'command', command: command() },
      `command ${commandId}  AWS-RunShellScript · patch kernel  Success, 1 target`,
    ],
    [
      'no comment, targets unknown',
      { type: 'command', command: command({ comment: '', targetCount: 0 }) },
      `command ${commandId}  AWS-RunShellScript  Success`,
    ],
    [
      'ListCommands denied',
      { type: 'command', command: { ...command({ comment: null, targetCount: null }), status: null } },
      `command ${commandId}  AWS-RunShellScript  status unknown`,
    ],
    [
      'problem',
      {
        type: 'problem',
        problem: { kind: 'network', message: 'connection refused', needsAction: false },
        retryInMs: 61_000,
      },
      'problem: connection refused · next try in 1m 01s',
    ],
    [
      'problem, soon',
      {
        type: 'problem',
        problem: { kind: 'network', message: 'connection refused', needsAction: false },
        retryInMs: 20,
      },
      'problem: connection refused · next try in 1s',
    ],
    ['recovered', { type: 'recovered', afterMs: 192_000 }, 'recovered after 3m 12s'],
  ])('%s', (_, event, text) => expect(line(event)).toBe(`09:05:07  ${text}`));

  it('is left out for a problem that ends the watch: the end says it', () => {
    const problem = { kind: 'credentials', message: 'no usable AWS credentials', needsAction: true } as const;
    expect(line({ type: 'problem', problem, retryInMs: null })).toBeNull();
  });

  it('is left out by a filter for an invocation only', () => {
    const failuresOnly = { ...everything, failuresOnly: true };
    expect(line({ type: 'invocation', invocation: running, previous: null }, failuresOnly)).toBeNull();
    expect(line({ type: 'invocation', invocation: failed, previous: null }, failuresOnly)).not.toBeNull();
    expect(line({ type: 'recovered', afterMs: 0 }, failuresOnly)).not.toBeNull();
  });

  it('has the colour of the status', () => {
    const told = plainEventLine(
      { type: 'invocation', invocation: running, previous: pending },
      at,
      everything,
      createPaint(true),
    );
    expect(told).toBe(`09:05:07  ${instanceId}  web-eu-01  Pending → \u001b[36mInProgress\u001b[39m`);
  });

  it('is yellow for a problem', () => {
    const problem = { kind: 'network', message: 'x', needsAction: false } as const;
    const told = plainEventLine(
      { type: 'problem', problem, retryInMs: 0 },
      at,
      everything,
      createPaint(true),
    );
    expect(told).toBe('09:05:07  \u001b[33mproblem: x · next try in 1s\u001b[39m');
  });

  const bad = '\u001b]0;x\u0007\n\u202e\u200b';
  const hostile = invocation({
    instanceName: bad,
    status: 'Failed',
    statusDetails: bad,
    plugins: [plugin({ status: 'Failed', output: `x${bad}y` })],
  });
  it.each<[string, WatchEvent]>([
    [
      'invocation',
      { type: 'invocation', invocation: hostile, previous: { ...hostile, statusDetails: `${bad}1` } },
    ],
    [
      'step',
      {
        type: 'invocation',
        invocation: { ...running, plugins: [plugin(), plugin({ name: bad, status: 'InProgress' })] },
        previous: null,
      },
    ],
    ['command', { type: 'command', command: command({ comment: bad, documentName: bad, status: bad }) }],
    [
      'problem',
      { type: 'problem', problem: { kind: 'service', message: bad, needsAction: true }, retryInMs: 0 },
    ],
  ])('lets nothing hostile through: %s', (_, event) => {
    const told = line(event) ?? '';
    expect(told).toContain('\\u{202e}');
    expect(hostileIn(told)).toEqual([]);
  });
});

it('says of an invocation what is known beyond it, which a filter finds', () => {
  const terminated = invocation({ status: 'Failed', statusDetails: 'Terminated' });
  const event = { type: 'invocation', invocation: terminated, previous: null } as const;
  const circumstances = { ...nothingKnown, stopReason: 'stopped by the alarm acme\u001b[2J' };
  const shown = { ...everything, text: 'by the alarm' };
  expect(plainEventLine(event, at, shown, plain, circumstances)).toBe(
    `09:05:07  ${instanceId}  web-eu-01  Terminated  stopped by the alarm acme^[[2J`,
  );
  expect(plainEventLine(event, at, shown, plain)).toBeNull();
});

describe('the line on where the rollout stands', () => {
  const snapshot = (change: Partial<Snapshot>): Snapshot => ({
    ...nothingRead,
    ...change,
  });
  const rows = [pending, failed, running, invocation(), invocation(), invocation({ status: 'Rebooting' })];

  it.each<[string, Partial<Snapshot>, string]>([
    [
      'every phase',
      { command: command({ targetCount: 1000 }), rows },
      '3 of 1,000 finished  ✗ 1 failed  ? 1 unknown  ● 1 running  ○ 1 waiting  ✓ 2 succeeded',
    ],
    [
      'targets not known yet',
      { command: command({ targetCount: 0 }), rows: [running] },
      '0 finished  ● 1 running',
    ],
    [
      'command not known',
      { rows: Array.from({ length: 1200 }, () => invocation()) },
      '1,200 finished  ✓ 1,200 succeeded',
    ],
    ['nothing known', {}, '0 finished'],
  ])('%s', (_, change, text) => {
    expect(progressLine(snapshot(change), at, plain)).toBe(`09:05:07  ${text}`);
  });

  it('has the colours of the phases', () => {
    expect(progressLine(snapshot({ rows: [failed] }), at, createPaint(true))).toBe(
      '09:05:07  1 finished  \u001b[31m✗ 1 failed\u001b[39m',
    );
  });
});
