import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/circumstances.ts';
import { overviewFromInvocation } from '../../src/domain/command.ts';
import { concludeInterrupted, concludeVerdict, concludeWithout } from '../../src/domain/conclusion.ts';
import { groupByCause } from '../../src/domain/failure-groups.ts';
import { everything, type RowFilter } from '../../src/domain/rows.ts';
import { endLine, jsonEventLine } from '../../src/output/json.ts';
import type { WatchEvent } from '../../src/watch/events.ts';
import {
  command,
  commandId,
  hostileCharacters,
  hostileIn,
  hostileText,
  instanceId,
  invocation,
  plugin,
  requestedAt,
} from '../helpers/fixtures.ts';

const at = requestedAt + 61_234;
const failure = (id: string, output: string) =>
  invocation({
    instanceId: id,
    status: 'Failed',
    plugins: [plugin({ status: 'Failed', responseCode: 28, output })],
  });
const line = (event: WatchEvent, shown: RowFilter = everything) =>
  jsonEventLine(event, at, 'eu-west-1', shown);

describe('each event, word for word', () => {
  it('command', () => {
    const targets = { status: 'InProgress', targetCount: 1000, maxErrors: '10%' };
    expect(line({ type: 'command', command: command(targets) })).toBe(
      `{"event":"command","at":"2026-09-27T00:40:04.234Z","commandId":"${commandId}","region":"eu-west-1",` +
        '"documentName":"AWS-RunShellScript","comment":"patch kernel","status":"InProgress","statusDetails":"InProgress",' +
        '"targetCount":1000,"maxConcurrency":"50","maxErrors":"10%","requestedAt":"2026-09-27T00:39:03.000Z"}',
    );
  });

  it('command, without its parameters, which may hold secrets', () => {
    const fields = [{ name: 'commands', value: 'hunter2' }];
    const written = line({ type: 'command', command: command({ parameters: fields, allFields: fields }) });
    expect(written).toBe(line({ type: 'command', command: command() }));
  });

  it('command, where ListCommands is denied and the region is not known', () => {
    const known = overviewFromInvocation(invocation({ requestedAt: null }));
    expect(jsonEventLine({ type: 'command', command: known }, at, null, everything)).toBe(
      `{"event":"command","at":"2026-09-27T00:40:04.234Z","commandId":"${commandId}","region":null,` +
        '"documentName":"AWS-RunShellScript","comment":"patch kernel","status":null,"statusDetails":null,' +
        '"targetCount":null,"maxConcurrency":null,"maxErrors":null,"requestedAt":null}',
    );
  });

  it('invocation, with what is known beyond it, which a filter finds', () => {
    const terminated = invocation({ status: 'Failed', statusDetails: 'Terminated' });
    const event = { type: 'invocation', invocation: terminated, previous: null } as const;
    const circumstances = { ...nothingKnown, stopReason: 'stopped: 11 errors exceeded MaxErrors 10' };
    const shown = { ...everything, text: 'exceeded MaxErrors 10' };
    expect(JSON.parse(jsonEventLine(event, at, null, shown, circumstances) ?? '')).toMatchObject({
      statusDetails: 'Terminated',
      detail: 'stopped: 11 errors exceeded MaxErrors 10',
    });
    expect(jsonEventLine(event, at, null, shown)).toBeNull();
  });

  it('invocation', () => {
    const before = invocation({ status: 'Pending', statusDetails: 'Delayed' });
    const failed = plugin({
      status: 'TimedOut',
      statusDetails: 'ExecutionTimedOut',
      responseCode: 137,
      startedAt: requestedAt + 1_934,
      finishedAt: requestedAt + 5_937,
      output: 'out',
    });
    const after = invocation({ status: 'TimedOut', statusDetails: 'ExecutionTimedOut', plugins: [failed] });
    expect(line({ type: 'invocation', invocation: after, previous: before })).toBe(
      `{"event":"invocation","at":"2026-09-27T00:40:04.234Z","commandId":"${commandId}","instanceId":"${instanceId}",` +
        '"instanceName":"web-eu-01","status":"TimedOut","statusDetails":"ExecutionTimedOut","previousStatusDetails":"Delayed",' +
        '"terminal":true,"detail":"killed at the execution timeout after: out",' +
        '"plugins":[{"name":"aws:runShellScript","status":"TimedOut","statusDetails":"ExecutionTimedOut","responseCode":137,' +
        '"startedAt":"2026-09-27T00:39:04.934Z","finishedAt":"2026-09-27T00:39:08.937Z"}]}',
    );
  });

  it('invocation, first seen and running', () => {
    const step = plugin({ name: 'configure', status: 'InProgress', responseCode: -1, output: '' });
    const running = invocation({ status: 'InProgress', instanceName: '', plugins: [step] });
    expect(line({ type: 'invocation', invocation: running, previous: null })).toBe(
      `{"event":"invocation","at":"2026-09-27T00:40:04.234Z","commandId":"${commandId}","instanceId":"${instanceId}",` +
        '"instanceName":"","status":"InProgress","statusDetails":"InProgress","previousStatusDetails":null,' +
        '"terminal":false,"detail":null,' +
        '"plugins":[{"name":"configure","status":"InProgress","statusDetails":"InProgress","responseCode":-1,' +
        '"startedAt":null,"finishedAt":null}]}',
    );
  });

  it.each([
    ['network', 1_500, '1.5'],
    ['throttled', 30_000.4, '30'],
    ['credentials', null, 'null'],
    ['access-denied', 0, '0'],
    ['service', 1234.5678, '1.235'],
    ['response', 2_000, '2'],
  ] as const)('problem: %s', (kind, retryInMs, seconds) => {
    const problem = { kind, message: 'connection refused', needsAction: false };
    expect(line({ type: 'problem', problem, retryInMs })).toBe(
      `{"event":"problem","at":"2026-09-27T00:40:04.234Z","kind":"${kind}","message":"connection refused","retryInSeconds":${seconds}}`,
    );
  });

  it('recovered', () => {
    expect(line({ type: 'recovered', afterMs: 12_345 })).toBe(
      '{"event":"recovered","at":"2026-09-27T00:40:04.234Z","afterSeconds":12.345}',
    );
  });

  const counts = { Success: 590, Failed: 22 };
  const failures = [
    failure('i-2', 'curl: (28) no answer from 10.0.0.2:443 in 30002 ms'),
    invocation({ instanceId: 'i-3', status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }),
    failure('i-1', 'curl: (28) no answer from 10.0.0.1:443 in 30001 ms'),
  ];
  it.each([
    ['success', 0, concludeVerdict({ outcome: 'success', counts, commandStatus: null })],
    ['failure', 1, concludeVerdict({ outcome: 'failure', counts, commandStatus: 'Failed' })],
    ['no-targets', 4, concludeVerdict({ outcome: 'no-targets', counts, commandStatus: 'Success' })],
    ['timeout', 124, concludeWithout('timeout', counts, null)],
    ['interrupted', 143, concludeInterrupted(143, counts)],
    ['refused', 3, concludeWithout('refused', counts, 'why')],
    ['in-progress', 5, concludeWithout('in-progress', counts, null)],
    ['broken', 70, concludeWithout('broken', counts, 'why')],
  ])('end: %s', (outcome, exitCode, conclusion) => {
    expect(
      endLine(
        conclusion,
        { commandId, durationMs: 192_500, apiCalls: 97, failures: groupByCause(failures) },
        at,
      ),
    ).toBe(
      `{"event":"end","at":"2026-09-27T00:40:04.234Z","commandId":"${commandId}","outcome":"${outcome}","exitCode":${exitCode},` +
        '"counts":{"Success":590,"Failed":22},"failures":[' +
        '{"statusDetails":"Failed","exitCode":28,"cause":"curl: (#) no answer from <address> in # ms","count":2,"instanceIds":["i-1","i-2"]},' +
        '{"statusDetails":"DeliveryTimedOut","exitCode":null,"cause":"not delivered before the timeout","count":1,"instanceIds":["i-3"]}' +
        '],"durationSeconds":192.5,"apiCalls":97}',
    );
  });
});

describe('a filter', () => {
  const failuresOnly = { ...everything, failuresOnly: true };

  it('leaves out invocations that it does not show', () => {
    const event: WatchEvent = { type: 'invocation', invocation: invocation(), previous: null };
    expect(line(event, failuresOnly)).toBeNull();
    expect(line({ ...event, invocation: invocation({ status: 'Failed' }) }, failuresOnly)).not.toBeNull();
  });

  it.each<WatchEvent>([
    { type: 'command', command: command() },
    { type: 'problem', problem: { kind: 'network', message: 'x', needsAction: false }, retryInMs: null },
    { type: 'recovered', afterMs: 1 },
  ])('never leaves out $type', (event) => {
    expect(line(event, { ...everything, text: 'no such text' })).toBe(line(event));
  });
});

describe('text', () => {
  const told = (instanceName: string) =>
    line({ type: 'invocation', invocation: invocation({ instanceName }), previous: null }) ?? '';
  const asEscapes = (character: string) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join('');

  it.each(hostileCharacters)('has %j as \\u escapes', (one) => {
    expect(told(`a${one}b`)).toContain(`"a${asEscapes(one)}b"`);
  });

  it.each([
    ['plain', 'web-01 "a" \\ é 日本 👩 ❤️'],
    ['written as an escape', 'a\\u200b'],
  ])('is as it came when it is %s', (_, name) => {
    expect(told(name)).toContain(`"instanceName":${JSON.stringify(name)}`);
  });

  it('is the original after parsing, and one line with nothing hostile before', () =>
    fc.assert(
      fc.property(fc.oneof(hostileText(), fc.string({ unit: 'binary' })), (text) => {
        const failed = plugin({ status: 'Failed', name: text });
        const row = invocation({
          status: 'Failed',
          statusDetails: text,
          instanceName: text,
          plugins: [failed],
        });
        const json = line({ type: 'invocation', invocation: row, previous: row }) ?? '';
        expect(hostileIn(json)).toEqual([]);
        expect(JSON.parse(json)).toMatchObject({
          instanceName: text,
          statusDetails: text,
          previousStatusDetails: text,
          plugins: [{ name: text }],
        });
      }),
    ));

  it('is the original also where it is a key', () => {
    const counts = { 'Re\u202eboot\u001b[2J': 1 };
    const figures = { commandId, durationMs: 0, apiCalls: 0, failures: [] };
    const json = endLine(concludeInterrupted(130, counts), figures, at);
    expect(hostileIn(json)).toEqual([]);
    expect(JSON.parse(json)).toMatchObject({ counts, failures: [] });
  });

  it('is the original also in the causes of the failures', () =>
    fc.assert(
      fc.property(hostileText(), (text) => {
        const failures = groupByCause([{ ...failure('i-1', `cause ${text}`), statusDetails: text }]);
        const figures = { commandId, durationMs: 0, apiCalls: 0, failures };
        const json = endLine(concludeInterrupted(130, {}), figures, at);
        expect(hostileIn(json)).toEqual([]);
        expect(JSON.parse(json).failures).toMatchObject([
          { statusDetails: text, cause: failures[0]?.cause, count: 1, instanceIds: ['i-1'] },
        ]);
      }),
    ));
});
