import { describe, expect, it } from 'vitest';
import { listedReading, type StreamText } from '../../src/domain/output-reading.ts';
import { everything, type RowFilter } from '../../src/domain/rows.ts';
import { outputDocument } from '../../src/ui/detail/output-blocks.ts';
import { OutputView } from '../../src/ui/detail/output-view.ts';
import { positionText } from '../../src/ui/position.ts';
import { initialState, type ScreenState } from '../../src/ui/state.ts';
import type { ViewModel } from '../../src/ui/view-model.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { drawn, outputView } from '../helpers/ui-fixtures.ts';

const view = (overrides: Partial<ViewModel> = {}): ViewModel => ({
  ...drawn(),
  invocations: [],
  opened: null,
  reading: null,
  pluginWindow: { from: 0, count: 0, height: 0, nameWidth: 0 },
  fields: null,
  help: null,
  failureGroups: [],
  ...overrides,
});
const detail = (change: Partial<ScreenState> = {}, line = 0): ScreenState => ({
  ...initialState(),
  mode: {
    kind: 'detail',
    invocationKey: 'a',
    pluginIndex: 0,
    top: { block: 'stdout', id: line, row: 0 },
    end: 'start',
    from: 'list',
  },
  ...change,
});

describe.each(['list', 'map'] as const)('in the %s', (kind) => {
  it.each<[Partial<RowFilter>, string]>([
    [{}, ''],
    [{ text: 'web' }, '2 of 1,234 shown: /web'],
    [{ failuresOnly: true }, '2 of 1,234 shown: failures'],
    [{ group: 'x' }, '2 of 1,234 shown: one cause'],
    [{ statuses: ['Failed', 'Pending'] }, '2 of 1,234 shown: Failed,Pending'],
    [
      { text: 'web', failuresOnly: true, group: 'x', statuses: ['Failed'] },
      '2 of 1,234 shown: /web failures one cause Failed',
    ],
  ])('%o: %j', (filter, text) => {
    const state: ScreenState = { ...initialState({ ...everything, ...filter }), mode: { kind } };
    expect(positionText(state, view({ invocations: [invocation(), invocation()] }), 1234)).toBe(text);
  });
});

describe.each(['list', 'map'] as const)('in the %s with a prompt', (kind) => {
  it('says how many rows are shown, and not twice what is typed', () => {
    const state: ScreenState = {
      ...initialState({ ...everything, text: 'web', failuresOnly: true }),
      mode: { kind },
      prompt: { purpose: 'filter', before: '' },
    };
    expect(positionText(state, view({ invocations: [invocation()] }), 1234)).toBe('1 of 1,234 shown');
  });
});

describe('in the groups', () => {
  it.each([
    [0, '0 causes'],
    [1, '1 cause'],
    [1234, '1,234 causes'],
  ])('of %i: %j', (count, text) => {
    const state: ScreenState = { ...initialState(), mode: { kind: 'groups' } };
    const groupKeys = Array.from({ length: count }, String);
    expect(positionText(state, view({ groupKeys }), 7)).toBe(text);
  });

  it('says what the groups are limited to', () => {
    const filter = { ...everything, text: 'web', statuses: ['Failed'] };
    const state: ScreenState = { ...initialState(filter), mode: { kind: 'groups' } };
    expect(positionText(state, view(), 7)).toMatch(/^3 causes.*\/web Failed$/);
  });
});

describe('in the detail pane', () => {
  it.each<[string, ScreenState, Partial<ViewModel>, string]>([
    ['at the top', detail(), {}, '1–20 of 100'],
    ['further down', detail({}, 33), {}, '34–53 of 100'],
    ['past the end', detail({}, 99), {}, '81–100 of 100'],
    ['all in sight', detail(), { output: outputView(4, 20) }, '1–4 of 4'],
    ['nothing', detail(), { output: outputView(0, 20) }, '0–0 of 0'],
    ['following', detail({ follow: true }), {}, 'follow  81–100 of 100'],
    ['wrapping', detail({ wrap: true, follow: true }), {}, 'wrap  follow  81–100 of 100'],
    ['no match', detail({ search: 'x' }), {}, 'no match  1–20 of 100'],
    ['a match', detail({ search: 'x' }), { output: outputView(100, 20, [3]) }, '1 match  1–20 of 100'],
    ['matches', detail({ search: 'x' }), { output: outputView(100, 20, [3, 5]) }, '2 matches  1–20 of 100'],
    ['a screen without a line for it', detail(), { output: outputView(100, 0) }, '0–0 of 100'],
    ['with a filter in the list', detail({ filter: { ...everything, text: 'web' } }), {}, '1–20 of 100'],
  ])('%s', (_, state, overrides, text) => expect(positionText(state, view(overrides), 7)).toBe(text));
});

describe('in the fields', () => {
  it('knows nothing of search, wrapping and following', () => {
    const { mode, ...under } = detail({ search: 'x', wrap: true, follow: true });
    if (mode.kind !== 'detail') throw new Error('the output is not open');
    const fields = { kind: 'fields', of: 'command', top: 2, showsParameters: false, under: mode } as const;
    expect(positionText({ ...under, mode: fields }, view({ paneLineCount: 50 }), 7)).toBe('3–22 of 50');
  });
});

describe('in an output that is not read whole', () => {
  const region = (lines: number, firstId: number, zeroId: number | null) => ({
    pieces: [{ lines: Array.from({ length: lines }, (_, index) => `line ${index}`), size: 2_000_000 }],
    firstId,
    zeroId,
  });
  const partial = (change: Partial<StreamText>, matches: number[] = []) => {
    const stdout: StreamText = {
      source: 'S3',
      region: region(100, 0, 0),
      moreBefore: false,
      moreAfter: false,
      total: 50_000_000,
      skipped: null,
      truncated: false,
      ...change,
    };
    const reading = { ...listedReading(plugin()), stdout };
    const document = outputDocument(invocation(), plugin(), reading, '');
    const output = new OutputView(document, { lines: matches, count: matches.length }, 20, null, 100, 100);
    return view({ output, reading });
  };

  const busy = (shown: ViewModel): ViewModel => ({
    ...shown,
    reading: shown.reading && { ...shown.reading, busy: true },
  });

  it.each<[string, ScreenState, ViewModel, string]>([
    ['from its beginning', detail({}, 33), partial({ moreAfter: true }), 'line 34 of stdout'],
    [
      'whose first lines were let go',
      detail({}, 1_240),
      partial({ region: region(100, 1_200, 0), moreBefore: true, moreAfter: true }),
      'line 1,241 of stdout',
    ],
    [
      'from its end',
      detail({}, -50),
      partial({ region: region(100, -100, null), moreBefore: true, skipped: 48_000_000 }),
      '98% of stdout',
    ],
    [
      'from its end, of no known size',
      detail({}, -50),
      partial({ region: region(100, -100, null), moreBefore: true, total: null }),
      'the end of stdout',
    ],
    ['whose heading is on top', detail({}, 0), partial({ moreAfter: true }), 'line 1 of stdout'],
    [
      'read backwards to its first line',
      detail({}, -100),
      partial({ region: region(100, -100, -100), moreAfter: true }),
      'line 1 of stdout',
    ],
    [
      'with matches',
      detail({ search: 'x' }),
      partial({ moreAfter: true }, [3, 4]),
      '2 matches in 2 MB  line 1 of stdout',
    ],
    [
      'without a match',
      detail({ search: 'x' }),
      partial({ moreBefore: true }),
      'no match in 2 MB  line 1 of stdout',
    ],
    ['that is read whole', detail({}, 33), partial({}), '35–54 of 101'],
    ['of which more is being read', detail({}, 33), busy(partial({})), 'reading more  35–54 of 101'],
  ])('%s', (_, state, shown, text) => expect(positionText(state, shown, 7)).toBe(text));
});

describe('in the help', () => {
  it('knows nothing of search, wrapping and following', () => {
    const under = detail({ search: 'x', wrap: true, follow: true });
    const state: ScreenState = { ...under, mode: { kind: 'help', top: 2, under: { kind: 'list' } } };
    expect(positionText(state, view({ paneLineCount: 50 }), 7)).toBe('3–22 of 50');
  });
});
