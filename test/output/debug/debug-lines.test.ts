import { describe, expect, it } from 'vitest';
import { activityEntry, callEntry, eventEntry, stepEntry } from '../../../src/output/debug/debug-lines.ts';
import { jsonLine } from '../../../src/output/json.ts';
import { nothingRead } from '../../../src/watch/snapshot.ts';
import {
  command,
  commandId,
  hostileCharacters,
  hostileIn,
  instanceId,
  invocation,
  plugin,
  requestedAt,
} from '../../helpers/fixtures.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const problem = { kind: 'service', message: `AWS said ${secret}`, needsAction: true } as const;

describe('of each event it says what helps', () => {
  it('a command, without comment and parameters', () => {
    const field = [{ name: 'commands', value: secret }];
    const read = command({
      comment: secret,
      parameters: field,
      allFields: field,
      targetCount: 3,
      expiresAt: 0,
    });
    expect(eventEntry({ type: 'command', command: read })).toEqual({
      event: 'command',
      commandId,
      documentName: 'AWS-RunShellScript',
      status: 'Success',
      statusDetails: 'Success',
      targetCount: 3,
      maxConcurrency: '50',
      maxErrors: '10',
      requestedAt: '2026-09-27T00:39:03.000Z',
      expiresAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('an invocation, and of its outputs how long they are', () => {
    const row = invocation({
      status: 'Failed',
      instanceName: secret,
      comment: secret,
      otherFields: [{ name: 'x', value: secret }],
      plugins: [
        plugin({
          name: 'configure',
          status: 'Failed',
          responseCode: 7,
          output: secret,
          startedAt: requestedAt,
        }),
      ],
    });
    expect(
      eventEntry({ type: 'invocation', invocation: row, previous: invocation({ status: 'Pending' }) }),
    ).toEqual({
      event: 'invocation',
      instanceId,
      status: 'Failed',
      statusDetails: 'Failed',
      previousStatusDetails: 'Pending',
      endUnread: false,
      plugins: [
        {
          name: 'configure',
          status: 'Failed',
          statusDetails: 'Failed',
          responseCode: 7,
          startedAt: '2026-09-27T00:39:03.000Z',
          finishedAt: null,
          hasOutput: true,
        },
      ],
    });
  });

  it('problems, without what could be secret', () => {
    expect(eventEntry({ type: 'problem', problem, retryInMs: 1234.56 })).toEqual({
      event: 'problem',
      kind: 'service',
      message: 'AWS said <secret>',
      needsAction: true,
      retryInMs: 1234.6,
    });
    expect(eventEntry({ type: 'recovered', afterMs: 12 })).toEqual({ event: 'recovered', afterMs: 12 });
  });

  it('failed calls, without what could be secret', () => {
    const failure = { ...problem, errors: ['SyntaxError', secret] };
    const call = { type: 'call', call: 3, operation: 'ListCommands', attempts: 1, bytes: 0 } as const;
    expect(callEntry({ ...call, durationMs: 12.345, result: 'failed', failure })).toEqual({
      event: 'call',
      call: 3,
      operation: 'ListCommands',
      attempts: 1,
      bytes: 0,
      durationMs: 12.3,
      result: 'failed',
      failure: {
        kind: 'service',
        message: 'AWS said <secret>',
        needsAction: true,
        errors: ['SyntaxError', '<secret>'],
      },
    });
  });

  it('the verdict, and what it rests on', () => {
    const step = {
      type: 'verdict',
      verdict: { outcome: 'success', counts: { Success: 1 }, commandStatus: 'Success' },
      evidence: {
        command: command({ comment: secret }),
        commandDeniedAt: null,
        commandTerminalAt: 900,
        rows: [invocation({ instanceName: secret }), invocation({ endUnread: true })],
        quietSince: 500,
        wholeSweeps: [100, 950],
        instanceId: null,
      },
      monotonicNow: 1_000,
      awsNow: requestedAt,
    } as const;
    expect(stepEntry(step)).toEqual({
      event: 'verdict',
      outcome: 'success',
      counts: { Success: 1 },
      commandStatus: 'Success',
      awsTime: '2026-09-27T00:39:03.000Z',
      evidence: {
        commandStatus: 'Success',
        commandStatusDetails: 'Success',
        targetCount: 1,
        expiresAt: null,
        commandTerminalMsAgo: 100,
        commandDeniedMsAgo: null,
        quietForMs: 500,
        wholeSweepsBegunMsAgo: [900, 50],
        rows: 2,
        endsUnread: 1,
      },
    });
  });

  it('what the poller does, when that changes', () => {
    const waiting = { ...nothingRead, activity: { kind: 'waiting', until: 5_000 } as const };
    expect(activityEntry(waiting, nothingRead, 3_000)).toEqual({
      event: 'activity',
      activity: 'waiting',
      forMs: 2_000,
    });
    expect(activityEntry({ ...waiting, activity: { kind: 'paused' } }, waiting, 0)).toMatchObject({
      activity: 'paused',
    });
    expect(activityEntry({ ...waiting, slowedTo: 2.5 }, waiting, 0)).toEqual({
      event: 'slowed',
      callsPerSecond: 2.5,
    });
    expect(activityEntry(waiting, waiting, 0)).toBeNull();
    expect(activityEntry({ ...waiting, readAt: 7 }, waiting, 0)).toBeNull();
  });
});

it('a time that has no date is none', () => {
  const row = invocation({ plugins: [plugin({ startedAt: 8.64e15 + 1, finishedAt: -1e300 })] });
  expect(eventEntry({ type: 'invocation', invocation: row, previous: null })).toMatchObject({
    plugins: [{ startedAt: null, finishedAt: null }],
  });
});

it('hostile text in it obeys nobody', () => {
  const hostile = hostileCharacters.join('');
  const row = invocation({ instanceId: hostile, status: hostile, plugins: [plugin({ name: hostile })] });
  const { event, ...members } = eventEntry({ type: 'invocation', invocation: row, previous: null });
  const line = jsonLine(event, requestedAt, members);
  expect(hostileIn(line)).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({ instanceId: hostile, plugins: [{ name: hostile }] });
});
