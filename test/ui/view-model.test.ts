import { describe, expect, it } from 'vitest';
import { invocationKey } from '../../src/domain/invocation.ts';
import { everything } from '../../src/domain/rows.ts';
import { OutputView } from '../../src/ui/detail/output-view.ts';
import { helpLinesFor } from '../../src/ui/help-lines.ts';
import { RolloutList } from '../../src/ui/list/rollout-list.ts';
import { initialState, type ScreenState } from '../../src/ui/state.ts';
import { type ViewModel, ViewModels } from '../../src/ui/view-model.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { afterActions, drawn, FakeServices, snapshot } from '../helpers/ui-fixtures.ts';

const failed = invocation({
  instanceId: 'i-1',
  status: 'Failed',
  plugins: [plugin({ status: 'Failed', output: 'one\ntwo two\nthree' }), plugin({ output: 'other' })],
});
const running = invocation({ instanceId: 'i-2', status: 'InProgress' });
const fine = invocation({ instanceId: 'i-3', instanceName: 'db-eu-01' });
const rows = [fine, failed, running];
const size = { columns: 80, rows: 24 };
const problems: Snapshot['problems'] = [
  {
    source: 'sweep',
    problem: { kind: 'network', message: 'x', needsAction: false },
    since: 0,
    retryAt: null,
  },
];

const listRows = (shown: Snapshot, state: ScreenState) => new RolloutList().list(shown, state);
const view = (state: ScreenState, change: Partial<Snapshot> = {}, screen = size) =>
  new ViewModels(new FakeServices()).view(snapshot({ rows, ...change }), state, screen);
/** The rows of the output that is open, on a screen high enough. */
const textsOf = ({ output }: ViewModel) =>
  new OutputView(output.document, output.matches, 100, output.wrapWidth, 1_000, 1_000)
    .rows('start')
    .map(({ spans }) => spans.map(({ text }) => text).join(''));
const inDetail = (change: Partial<ScreenState> = {}, pluginIndex: number | null = null): ScreenState => ({
  ...initialState(),
  mode: {
    kind: 'detail',
    invocationKey: invocationKey(failed),
    pluginIndex,
    top: 'start',
    end: 'start',
    from: 'list',
  },
  ...change,
});

describe('the rows', () => {
  const ids = (state: ScreenState) =>
    listRows(snapshot({ rows }), state).invocations.map(({ instanceId }) => instanceId);

  it('is all of them, the worst first', () => expect(ids(initialState())).toEqual(['i-1', 'i-2', 'i-3']));

  it('is in the order that is asked for', () => {
    expect(ids({ ...initialState(), order: { column: 'instance', inverted: true } })).toEqual([
      'i-3',
      'i-2',
      'i-1',
    ]);
  });

  it.each([
    ['the text', { text: 'db-' }, ['i-3']],
    ['f', { failuresOnly: true }, ['i-1']],
    ['--status', { statuses: ['InProgress', 'Success'] }, ['i-2', 'i-3']],
    ['all of them', { text: 'web', statuses: ['Failed', 'Success'], failuresOnly: true }, ['i-1']],
    ['all of them, to nothing', { text: 'db', failuresOnly: true }, []],
  ])('is limited by %s', (_, filter, shown) =>
    expect(ids(initialState({ ...everything, ...filter }))).toEqual(shown),
  );

  it('leaves the rows alone', () => {
    const given = [...rows];
    listRows(snapshot({ rows: given }), initialState());
    expect(given).toEqual(rows);
  });
});

describe('the failure groups', () => {
  const causes = [
    ...['1', '2'].map((id) =>
      invocation({
        ...failed,
        instanceId: `i-${id}`,
        plugins: [plugin({ status: 'Failed', output: `took ${id} ms` })],
      }),
    ),
    invocation({ ...failed, instanceId: 'i-4', instanceName: 'db', statusDetails: 'Undeliverable' }),
    running,
    fine,
  ];
  const inGroups = (change: Partial<typeof everything> = {}): ScreenState => ({
    ...initialState({ ...everything, ...change }),
    mode: { kind: 'groups' },
  });
  const groupsIn = (state: ScreenState) =>
    listRows(snapshot({ rows: causes }), state).failureGroups.map(({ invocations }) =>
      invocations.map(({ instanceId }) => instanceId),
    );

  it('are those of what has failed', () => expect(groupsIn(inGroups())).toEqual([['i-1', 'i-2'], ['i-4']]));

  it('are within the filter, but for the group that the list is narrowed to', () => {
    const [, undeliverable] = view(inGroups(), { rows: causes }).groupKeys;
    const narrowed = inGroups({ group: undeliverable ?? '' });
    expect(groupsIn(narrowed)).toEqual([['i-1', 'i-2'], ['i-4']]);
    expect(
      listRows(snapshot({ rows: causes }), narrowed).invocations.map(({ instanceId }) => instanceId),
    ).toEqual(['i-4']);
    expect(groupsIn(inGroups({ text: 'web' }))).toEqual([['i-1', 'i-2']]);
    expect(groupsIn(inGroups({ statuses: ['Success'] }))).toEqual([]);
  });

  it('are not looked for where they are not shown', () => expect(groupsIn(initialState())).toEqual([]));

  it('have the keys that the reducer knows, in their order', () => {
    const { groupKeys, failureGroups } = view(inGroups(), { rows: causes });
    expect(groupKeys).toEqual(failureGroups.map(({ key }) => key));
    expect(groupKeys).toHaveLength(2);
  });
});

describe('the map', () => {
  const inMap = (change: Partial<ScreenState> = {}): ScreenState => ({
    ...initialState(),
    mode: { kind: 'map' },
    ...change,
  });

  it('is of the rows that pass the filter, in the order of the map', () => {
    const { map, invocations } = view(inMap({ order: { column: 'name', inverted: true } }));
    expect(map.cells.map(({ glyph }) => glyph)).toEqual(['✗', '●', '✓']);
    expect(invocations.map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-2', 'i-3']);
    const few = view(inMap({ filter: { ...everything, failuresOnly: true } }));
    expect(few.map.cells).toHaveLength(1);
  });

  it('is of the rows as they were listed where it has the order of a list with the worst first', () =>
    expect(view(inMap({ mapOrder: 'list' })).map.cells.map(({ glyph }) => glyph)).toEqual(['✓', '✗', '●']));

  it('has three lines less than there are between header and footer, and one margin on each side', () => {
    expect(view(inMap()).map).toMatchObject({ cellsPerLine: 78, lineCount: 17 });
    expect(view(inMap(), { problems }).map.lineCount).toBe(16);
  });

  it('is not made where it is not shown', () => expect(view(initialState()).map.cells).toEqual([]));
});

describe('what fits on the screen', () => {
  // Three lines of header, one of footer, one of titles, and one for what is wrong.
  it.each([
    [24, 19, 18],
    [6, 1, 0],
    [5, 0, 0],
    [1, 0, 0],
    [60, 55, 54],
  ])('of %i lines the list has %i, and %i with a problem', (lines, height, withProblem) => {
    const screen = { columns: 80, rows: lines };
    expect(view(initialState(), {}, screen).listHeight).toBe(height);
    expect(view(initialState(), { problems: [...problems, ...problems] }, screen).listHeight).toBe(
      withProblem,
    );
  });

  it('the help has all that is between header and footer', () => {
    const help = afterActions(['help']);
    expect(view(help).paneHeight).toBe(20);
    expect(view(help, { problems }).paneHeight).toBe(19);
    expect(view(help).paneLineCount).toBe(helpLinesFor('list').length);
  });

  it('the output has what the head and the table of plugins leave', () => {
    expect(view(inDetail()).output.height).toBe(20 - 1 - (2 * 2 + 3));
    expect(view(inDetail(), {}, { columns: 80, rows: 5 }).output.height).toBe(0);
  });

  it('the output leaves a line to what it cannot tell', () => {
    const terminated = { ...failed, statusDetails: 'Terminated' };
    const height = (rows: (typeof failed)[]) => view(inDetail(), { rows }).output.height;
    expect(height([terminated])).toBe(height([failed]) - 1);
  });

  it('the output keeps half of the screen from many plugins', () => {
    const many = { ...failed, plugins: Array.from({ length: 30 }, () => plugin()) };
    for (const lines of [10, 24, 60, 200]) {
      const { output } = view(inDetail(), { rows: [many] }, { columns: 80, rows: lines });
      expect(output.height, `of ${lines}`).toBeGreaterThanOrEqual(Math.floor(lines / 2) - 5);
    }
  });
});

describe('what is open', () => {
  it('is nothing in the list', () => {
    const { opened, reading, output, pluginCount } = view(initialState());
    expect({ opened, reading, pluginCount, lines: output.document.length }).toEqual({
      opened: null,
      reading: null,
      pluginCount: 0,
      lines: 0,
    });
  });

  it('is the invocation, its plugins and the output of the chosen one, as it is now', () => {
    const first = view(inDetail());
    expect(first.opened).toBe(failed);
    expect(first.pluginCount).toBe(2);
    expect(textsOf(first)).toEqual(['stdout', 'one', 'two two', 'three']);
    expect(first.output.document.length).toBe(4);
    expect(textsOf(view(inDetail({}, 1)))).toEqual(['stdout', 'other']);
    const later = { ...failed, plugins: [plugin({ output: 'new' })] };
    expect(textsOf(view(inDetail(), { rows: [later] }))).toEqual(['stdout', 'new']);
  });

  it('is there also when its row is filtered away', () =>
    expect(view(inDetail({ filter: { ...everything, text: 'db' } })).opened).toBe(failed));

  it('is still known under the help', () => {
    const help = afterActions(['help'], { state: inDetail({ search: 'two' }), drawn: drawn() });
    expect(view(help).opened).toBe(failed);
    expect(view(help).output.matches).toEqual({ lines: [2], count: 2 });
  });

  it('is still known under its fields, whose lines are the ones that count', () => {
    const fielded = { ...failed, requestedAt: null, otherFields: [{ name: 'TraceOutput', value: 'two' }] };
    const fields = afterActions(['fields'], { state: inDetail({ search: 'two' }, 1), drawn: drawn() });
    const shown = view(fields, { rows: [fielded] });
    expect(shown.fields?.lines.map(({ text }) => text)).toEqual(['two']);
    expect(shown).toMatchObject({ opened: fielded, shownPluginIndex: 1, paneLineCount: 1 });
    expect(shown.paneHeight).toBeGreaterThan(view(inDetail()).output.height);
    const help = afterActions(['help'], { state: fields, drawn: drawn() });
    expect(view(help, { rows: [fielded] })).toMatchObject({
      shownPluginIndex: 1,
      paneLineCount: helpLinesFor('fields').length,
    });
    expect(view(inDetail()).fields).toBeNull();
  });

  it('is shown at the plugin that tells most until another one is asked for', () => {
    const steps = [plugin(), plugin({ status: 'InProgress' }), plugin({ status: 'Pending' })];
    const shown = {
      rows: [{ ...failed, status: 'InProgress', statusDetails: 'InProgress', plugins: steps }],
    };
    expect(view(inDetail(), shown).shownPluginIndex).toBe(1);
    expect(view(inDetail({}, 2), shown).shownPluginIndex).toBe(2);
    expect(view(inDetail({}, 0), shown).shownPluginIndex).toBe(0);
  });

  it('says so without plugins, or beyond the last', () => {
    const none = view(inDetail(), { rows: [{ ...failed, plugins: [] }] });
    expect(none.pluginCount).toBe(0);
    for (const shown of [none, view(inDetail({}, 5))]) {
      expect(textsOf(shown)).toEqual(['AWS lists no plugin of this invocation']);
    }
  });

  it('says how to get more of what AWS cut with the options given', () => {
    const cut = { ...failed, plugins: [plugin({ output: 'x\n---Output truncated---' })] };
    expect(textsOf(view(inDetail(), { rows: [cut] }))).toContain(
      '  aws ssm get-command-invocation --region eu-west-1 --profile prod \\',
    );
  });

  it('is wrapped at the edge of the screen when wanted, and searched as it came', () => {
    const wrapped = view(inDetail({ wrap: true, search: 'two' }), {}, { columns: 5, rows: 24 });
    expect(textsOf(wrapped)).toEqual(['stdou', 't', 'one', 'two t', 'wo', 'three']);
    expect(wrapped.output.matches).toEqual({ lines: [2], count: 2 });
    const broken = view(inDetail({ wrap: true, search: 'two two' }), {}, { columns: 5, rows: 24 });
    expect(broken.output.matches).toEqual({ lines: [2], count: 1 });
    expect(view(inDetail({ search: 'std' })).output.matches.lines).toEqual([]);
    expect(view(inDetail({ search: 'two' })).output.matches.lines).toEqual([2]);
  });
});
