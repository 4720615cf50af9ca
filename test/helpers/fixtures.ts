import * as fc from 'fast-check';
import type { Command } from '../../src/domain/command.ts';
import { noFields } from '../../src/domain/fields.ts';
import type { Invocation, Plugin } from '../../src/domain/invocation.ts';
import { type Evidence, judge, type Verdict } from '../../src/domain/verdict.ts';

export const commandId = 'b8eac879-0541-439d-94ec-47a80d554f44';
export const instanceId = 'i-0cb2b964d3e14fd9f';
/** When the command was requested: 2026-09-27T00:39:03.000Z in epoch milliseconds. */
export const requestedAt = Date.UTC(2026, 8, 27, 0, 39, 3);

/** A plugin that succeeded; StatusDetails follows Status where it is not given. */
export function plugin(overrides: Partial<Plugin> = {}): Plugin {
  const status = overrides.status ?? 'Success';
  return {
    name: 'aws:runShellScript',
    status,
    statusDetails: status,
    responseCode: 0,
    startedAt: null,
    finishedAt: null,
    output: '',
    outputLocation: null,
    otherFields: noFields,
    ...overrides,
  };
}

/** An invocation that succeeded and shows no plugins; StatusDetails follows Status where it is not given. */
export function invocation(overrides: Partial<Invocation> = {}): Invocation {
  const status = overrides.status ?? 'Success';
  return {
    commandId,
    instanceId,
    instanceName: 'web-eu-01',
    documentName: 'AWS-RunShellScript',
    comment: 'patch kernel',
    requestedAt,
    runningSince: null,
    endUnread: false,
    logGroup: null,
    status,
    statusDetails: status,
    plugins: [],
    otherFields: noFields,
    ...overrides,
  };
}

/** A command with one target that ended in Success; StatusDetails follows Status where it is not given. */
export function command(overrides: Partial<Command> = {}): Command {
  const status = overrides.status ?? 'Success';
  return {
    commandId,
    documentName: 'AWS-RunShellScript',
    comment: 'patch kernel',
    status,
    statusDetails: status,
    targetCount: 1,
    maxConcurrency: '50',
    maxErrors: '10',
    requestedAt,
    expiresAt: null,
    allFields: noFields,
    parameters: noFields,
    targets: [],
    instanceIds: [],
    alarms: [],
    triggeredAlarms: [],
    ...overrides,
  };
}

/** A row that succeeded, and as many more as wanted. */
export const succeeded = invocation({ instanceId: 'i-00000001' });
export const others = (count: number): Invocation[] =>
  Array.from({ length: count }, (_, index) => ({ ...succeeded, instanceId: `i-1000000${index}` }));

/** Monotonic time at which the command of `verdictOn` was seen terminal, and AWS's time at monotonic 0. */
export const terminalAt = 10_000;
export const awsEpoch = Date.UTC(2026, 8, 27);

/** Beginnings of five whole sweeps: four from `first` on, and the last. */
export const sweeps = (first: number, last: number): number[] => [
  first,
  first + 1,
  first + 2,
  first + 3,
  last,
];

/**
 * The verdict an hour after the last sweep, on a rollout that is over by all four conditions (two targets, both
 * succeeded) but for what is changed.
 */
export function verdictOn(change: Partial<Evidence>): Verdict | null {
  const evidence: Evidence = {
    command: command({ targetCount: 2 }),
    commandDeniedAt: null,
    commandTerminalAt: terminalAt,
    rows: [succeeded, ...others(1)],
    quietSince: 9_000,
    wholeSweeps: [terminalAt + 1],
    instanceId: null,
    ...change,
  };
  const monotonicNow = (evidence.wholeSweeps.at(-1) ?? 0) + 3_600_000;
  return judge(evidence, awsEpoch + monotonicNow, monotonicNow);
}

/** First and last of the code points that no terminal may be given: controls, bidi, zero-width, separators, tags. */
const hostileRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
];

export const hostileCharacters: readonly string[] = hostileRanges.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
);

/** Which of the hostile characters a text contains. */
export function hostileIn(text: string): string[] {
  const present = new Set(text);
  return hostileCharacters.filter((character) => present.has(character));
}

/** Texts in which hostile characters, halves of escape sequences, emoji and plain letters stand side by side. */
export function hostileText(): fc.Arbitrary<string> {
  const pieces = [
    '\u001b',
    '[',
    '31m',
    ';',
    '0',
    'm',
    ']',
    '\n',
    '\r\n',
    '\t',
    'a',
    'Z',
    '~',
    'é',
    '日',
    '👩',
    '❤️',
    '\ud83d',
  ];
  return fc.string({
    unit: fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...hostileCharacters)),
    maxLength: 40,
  });
}
