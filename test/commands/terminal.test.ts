import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  chooseOutput,
  colourLevel,
  hasScreenReader,
  Keys,
  type OutputMode,
  type Surroundings,
  wantsColours,
} from '../../src/commands/terminal.ts';
import { UsageError, type WatchOptions } from '../../src/options.ts';

const terminal: Surroundings = {
  stdoutIsTerminal: true,
  hasKeys: () => true,
  term: 'xterm-256color',
  hasScreenReader: false,
};

describe('the output', () => {
  it.each<[string, WatchOptions['output'], Partial<Surroundings>, boolean, OutputMode]>([
    ['on a terminal', undefined, {}, false, 'tui'],
    ['without TERM', undefined, { term: undefined }, false, 'tui'],
    ['in a pipe', undefined, { stdoutIsTerminal: false }, false, 'plain'],
    ['without keys', undefined, { hasKeys: () => false }, false, 'plain'],
    ['with TERM=dumb', undefined, { term: 'dumb' }, false, 'plain'],
    ['with --once', undefined, {}, true, 'plain'],
    ['for a screen reader', undefined, { hasScreenReader: true }, false, 'plain'],
    ['-o tui', 'tui', {}, false, 'tui'],
    ['-o tui for a screen reader', 'tui', { hasScreenReader: true }, false, 'tui'],
    ['-o json for a screen reader', 'json', { hasScreenReader: true }, false, 'json'],
    ['-o plain', 'plain', {}, false, 'plain'],
    ['-o plain --once', 'plain', {}, true, 'plain'],
    ['-o json', 'json', {}, false, 'json'],
    ['-o json --once', 'json', {}, true, 'json'],
    ['-o json in a pipe', 'json', { stdoutIsTerminal: false }, false, 'json'],
  ])('%s', (_, output, surroundings, once, expected) => {
    expect(chooseOutput({ ...(output && { output }), once }, { ...terminal, ...surroundings })).toBe(
      expected,
    );
  });

  it.each<[string, Partial<Surroundings>, boolean, string]>([
    ['without a terminal to draw on', { stdoutIsTerminal: false }, false, 'a terminal to draw on'],
    ['without a terminal to read keys from', { hasKeys: () => false }, false, 'a terminal to read keys from'],
    ['with TERM=dumb', { term: 'dumb' }, false, 'TERM=dumb'],
    ['with --once', {}, true, '--once'],
  ])('-o tui %s is a usage error in one line', (_, surroundings, once, what) => {
    const choose = () => chooseOutput({ output: 'tui', once }, { ...terminal, ...surroundings });
    expect(choose).toThrow(UsageError);
    expect(choose).toThrow(what);
    expect(choose).toThrow(/^-o tui .*-o plain or -o json$/);
  });

  it.each<[string, Partial<Pick<WatchOptions, 'output'>>, Partial<Surroundings>, boolean]>([
    ['plain', { output: 'plain' }, {}, false],
    ['json', { output: 'json' }, {}, false],
    ['a pipe', {}, { stdoutIsTerminal: false }, false],
    ['--once', {}, {}, true],
  ])('does not open the keys for %s', (_, output, surroundings, once) => {
    let opened = false;
    const hasKeys = () => {
      opened = true;
      return true;
    };
    chooseOutput({ ...output, once }, { ...terminal, ...surroundings, hasKeys });
    expect(opened).toBe(false);
  });
});

it.each([
  ['true', true],
  ['1', false],
  ['', false],
  [undefined, false],
])('INK_SCREEN_READER=%s', (value, expected) => {
  expect(hasScreenReader({ INK_SCREEN_READER: value })).toBe(expected);
});

describe('colours', () => {
  it.each<[WatchOptions['color'], Record<string, string>, boolean, boolean]>([
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { TERM: 'dumb' }, true, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { FORCE_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '3' }, false, true],
    ['auto', { FORCE_COLOR: 'true' }, false, true],
    ['auto', { FORCE_COLOR: '' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
    ['auto', { FORCE_COLOR: 'false' }, true, false],
    ['always', { NO_COLOR: '1', FORCE_COLOR: '0', TERM: 'dumb' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
  ])('--color %s with %j, terminal %s: %s', (color, env, isTerminal, expected) => {
    expect(wantsColours(color, env, isTerminal)).toBe(expected);
  });
});

describe('keys', () => {
  it('come from stdin where that is a terminal, and are closed with it', () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.ReadStream;
    const keys = new Keys(stdin);
    expect(keys.open()).toBe(stdin);
    expect(keys.open()).toBe(stdin);
    keys.close();
    expect(stdin.destroyed).toBe(true);
  });

  it('that were never opened are not closed', () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.ReadStream;
    new Keys(stdin).close();
    expect(stdin.destroyed).toBe(false);
  });
});

describe('the colours of an output', () => {
  it.each([
    [1, 1],
    [4, 1],
    [8, 2],
    [24, 3],
  ] as const)('are those of a terminal with %i bits', (bits, level) => expect(colourLevel(bits)).toBe(level));
});
