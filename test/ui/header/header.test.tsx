import type { ComponentProps } from 'react';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Header } from '../../../src/ui/header/header.tsx';
import type { ProblemSource } from '../../../src/watch/problems.ts';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { command, commandId, hostileIn, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { hostile, snapshot } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const running = command({ status: 'InProgress', targetCount: 1000 });
const counted = (count: number, status: string) =>
  Array.from({ length: count }, (_, index) => invocation({ instanceId: `i-${status}${index}`, status }));
const problem = (source: ProblemSource, message: string, retryAt: number | null = null) => ({
  source,
  problem: { kind: 'network', message, needsAction: false } as const,
  since: 0,
  retryAt,
});

type Options = Partial<Omit<ComponentProps<typeof Header>, 'snapshot'>>;
const lines = (change: Partial<Snapshot> = {}, options: Options = {}) =>
  frameOf(
    <Header
      snapshot={snapshot({ command: running, readAt: 0, ...change })}
      commandId={commandId}
      place={{ region: 'eu-west-1', profile: 'prod', account: '123456789012' }}
      interval={2_000}
      now={1_000}
      awsTime={requestedAt + 192_000}
      durationMs={75_000}
      screenWidth={100}
      screenHeight={30}
      {...options}
    />,
    options.screenWidth,
  ).split('\n');

describe('the header', () => {
  it('says what, where, and how old', () => {
    const [first = ''] = lines();
    expect(first).toMatch(
      /^ ssm-watch AWS-RunShellScript · patch kernel +eu-west-1 · prod · 123456789012 +every 2 s · 1 s ago/,
    );
  });

  it('says where the rollout stands', () =>
    expect(lines()[1]).toBe(` ${commandId}  running 3m 12s  50 at a time  0 of 10 errors used`));

  it('counts what is being looked up by itself', () => {
    const justEnded = invocation({ instanceId: 'i-1', status: 'InProgress', endUnread: true });
    expect(lines({ rows: [...counted(3, 'InProgress'), justEnded] })[2]).toContain('● 3  ○ 0  ◌ 1');
    expect(lines({ rows: counted(3, 'InProgress') })[2]).not.toContain('◌');
  });

  it('takes three lines, and one for what is wrong', () => {
    expect(lines()).toHaveLength(3);
    const problems = [problem('command', 'older'), problem('sweep', 'newer')];
    expect(lines({ problems })).toHaveLength(4);
  });

  it.each([
    [{ documentName: null, comment: null }, ' ssm-watch   '],
    [{ comment: '' }, ' ssm-watch AWS-RunShellScript   '],
    [{ documentName: null }, ' ssm-watch patch kernel   '],
  ])('knows of the command %o', (change, start) => {
    const [first] = lines({ command: { ...running, ...change } });
    expect(first?.startsWith(start)).toBe(true);
  });

  it('says what is wrong, and when the next try is', () => {
    const [first, , , last] = lines({ problems: [problem('sweep', 'no route to AWS', 5_000)] });
    expect(first).toMatch(/ offline · data 1 s old *$/);
    expect(last).toBe(' ! no route to AWS · next try in 4 s');
  });

  it('says when the next try of ListCommands is, while the rows are read', () => {
    const [first, , , last] = lines({ problems: [problem('command', 'it failed', 31_000)] });
    expect(first).toContain('every 2 s · 1 s ago');
    expect(last).toBe(' ! it failed · next try in 30 s');
  });

  it('says the verdict', () => {
    const verdict = { outcome: 'failure', counts: { Failed: 1 }, commandStatus: 'Failed' } as const;
    const [first, second] = lines({ verdict, activity: { kind: 'finished' } });
    expect(first).toContain('finished · read 1 s ago');
    expect(second).toContain('FAILURE · took 1m 15s');
  });

  it('puts what changes before what does not on a narrow screen', () => {
    expect(lines({}, { screenWidth: 80 })[1]).toMatch(new RegExp(`^ ${commandId} +running`));
    const [first, second] = lines({}, { screenWidth: 50 });
    expect(first).toContain('every 2 s · 1 s ago');
    expect(second).toMatch(/^ running 3m 12s/);
  });

  it.each([
    [99, / patch kernel {2}eu-west-1 · prod · 123456789012 {2}every/],
    [98, / patch kern… {2}eu-west-1 · prod · 123456789012 {2}every/],
    [80, / AWS-RunShellS… {2}eu-west-1 · prod · 123456789012 {2}every/],
    [73, / AWS-RunShellS… {2}eu-west-1 · 123456789012 {2}every/],
    [65, / AWS-RunShellScrip… {2}123456789012 {2}every/],
    [50, /^ ssm-watch AW… {2}123456789012 {2}every/],
    [34, / 123456789012 {2}1 s/],
  ])('shows whole parts of the place only, at %i cells', (screenWidth, start) =>
    expect(lines({}, { screenWidth })[0]).toMatch(start),
  );

  it.each([
    [
      100,
      'paused · data 1 s old',
      / · patch kern… {2}eu-west-1 · prod · 123456789012 {2}paused · data 1 s old/,
    ],
    [100, 'finished · read 1 s ago', / · patch ke… {2}eu-west-1 · prod · 123456789012 {2}finished · read/],
    [80, 'paused · data 1 s old', / AWS-[^ ]* {2}eu-west-1 · prod · 123456789012 {2}paused · data 1 s old/],
    [
      80,
      'finished · read 1 s ago',
      / AWS-[^ ]* {2}eu-west-1 · prod · 123456789012 {2}finished · read 1 s ago/,
    ],
  ])('keeps the account at %i cells: %s', (screenWidth, age, text) => {
    const kind = age.startsWith('paused') ? 'paused' : 'finished';
    expect(lines({ activity: { kind } }, { screenWidth })[0]).toMatch(text);
  });

  it('puts a verdict before the ID where there is no room for both', () => {
    const verdict = { outcome: 'failure', counts: { Success: 1 }, commandStatus: 'Failed' } as const;
    const command = { ...running, status: 'Failed', statusDetails: 'FailedDueToAlarm' };
    const shown = { verdict, command, activity: { kind: 'finished' } } as const;
    const text = 'FAILURE: command FailedDueToAlarm · took 1m 15s';
    expect(lines(shown, { screenWidth: 80 })[1]).toMatch(new RegExp(`^ ${text} `));
    expect(lines(shown, { screenWidth: 86 })[1]).toBe(` ${commandId}  ${text}`);
  });

  it.each([
    [80, /used|\/10 errors$/],
    [100, / {2}50 at a time {2}0 of 10 errors used$/],
  ])('says at %i cells how much of MaxErrors is used, whole', (screenWidth, end) => {
    const [, second = ''] = lines({}, { screenWidth });
    expect(second).toMatch(end);
    expect(second).not.toContain('…');
  });

  it('says at 80 cells what the next error does', () => {
    const rows = counted(10, 'Failed');
    expect(lines({ rows }, { screenWidth: 80 })[1]).toBe(
      ` ${commandId}  running 3m 12s  1 more error stops it`,
    );
  });

  it.each([24, 30, 50, 80, 100])(
    'says how old the data is on a screen of %i cells, whatever else there is',
    (screenWidth) => {
      for (const hostileCommand of [running, command({ documentName: hostile, comment: hostile })]) {
        const [first] = lines(
          { command: hostileCommand },
          { screenWidth, place: { region: hostile, profile: null, account: null } },
        );
        expect(first).toContain(screenWidth < 40 ? ' 1 s' : 'every 2 s · 1 s ago');
      }
    },
  );

  it.each([24, 30, 40, 80])('says why the data is old on a screen of %i cells', (screenWidth) => {
    const problems = [problem('sweep', 'no route to AWS', 5_000)];
    expect(lines({ problems }, { screenWidth })[0]).toMatch(/ offline (· data )?1 s( old)? *$/);
    expect(lines({ activity: { kind: 'paused' } }, { screenWidth })[0]).toContain('paused');
    expect(lines({ activity: { kind: 'finished' } }, { screenWidth })[0]).toContain('finished');
  });

  it.each([1, 10, 20, 46, 47, 60, 80, 100])(
    'is nowhere wider than a screen of %i cells, nor taller',
    (screenWidth) => {
      const problems = [problem('sweep', hostile)];
      const hostileCommand = command({
        documentName: hostile,
        comment: hostile,
        statusDetails: hostile,
        maxErrors: hostile,
        maxConcurrency: hostile,
      });
      const rows = [...counted(600, 'Success'), ...counted(400, hostile)];
      const drawn = lines(
        { rows, problems, command: hostileCommand },
        { screenWidth, place: { region: hostile, profile: hostile, account: hostile } },
      );
      expect(drawn.length).toBeLessThanOrEqual(6);
      expect(hostileIn(drawn.join(''))).toEqual([]);
      for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(screenWidth);
    },
  );
});

describe('the progress', () => {
  const progress = (rows: Snapshot['rows'], targetCount: number | null = 1000, screenWidth = 100) =>
    lines({ rows, command: { ...running, targetCount } }, { screenWidth })[2] ?? '';

  it('counts what has ended, of all, and each sort', () => {
    const rows = [
      ...counted(590, 'Success'),
      ...counted(22, 'Failed'),
      ...counted(50, 'InProgress'),
      ...counted(338, 'Pending'),
    ];
    expect(progress(rows)).toContain('  612 of 1,000  ✓ 590  ✗ 22  ● 50  ○ 338');
    expect(progress(rows)).not.toContain('?');
  });

  it('counts an unknown status, and not as an end', () =>
    expect(progress([...counted(2, 'Sleeping'), ...counted(1, 'Success')], 3)).toContain(
      '1 of 3  ✓ 1  ✗ 0  ● 0  ○ 0  ? 2',
    ));

  it.each<[string, Snapshot['rows'], number | null, string]>([
    ['more rows than targets', counted(5, 'Success'), 3, '5 of 5'],
    ['a target count that AWS does not know yet', counted(2, 'Pending'), 0, '0 of 2'],
    ['no target count', counted(2, 'Pending'), null, '0 of 2'],
    ['nothing at all', [], null, '0 of ?'],
    ['no row yet', [], 7, '0 of 7'],
  ])('with %s', (_, rows, targets, text) => expect(progress(rows, targets)).toContain(`  ${text}  `));

  it.each([
    [0, 0],
    [1, 0],
    [499, 16],
    [500, 17],
    [999, 33],
    [1000, 34],
  ])('with %i of 1,000 ended fills %i of 34 cells', (done, cells) => {
    const bar = progress(counted(done, 'Success')).trim().split(' ')[0];
    expect(bar).toBe('█'.repeat(cells) + '░'.repeat(34 - cells));
  });

  it('gives its bar up before its counts', () =>
    expect(progress(counted(3, 'Failed'), 3, 40)).toBe('   3 of 3  ✓ 0  ✗ 3  ● 0  ○ 0'));
});

describe('the plot', () => {
  const finished = (seconds: readonly number[]) =>
    seconds.map((after, index) =>
      invocation({
        instanceId: `i-${index}`,
        plugins: [plugin({ finishedAt: requestedAt + after * 1_000 })],
      }),
    );
  const rows = finished([1, 3, 3, 5, 5, 5, 5, 5]);
  const third = (screenWidth: number, change: Partial<Snapshot> = {}, after = 6_000) =>
    lines(
      { rows, sweptAt: requestedAt + after, ...change },
      { screenWidth, awsTime: requestedAt + after },
    )[2] ?? '';

  it('shows completions since the request, and over what spans', () => {
    expect(third(200)).toMatch(/ {2}▁▃▁▄▁█▁ each 1s$/);
    expect(third(200, {}, 600_000)).toMatch(/ {2}█▁{20} each 30s$/);
    expect(third(200, {}, 1_800_000)).toMatch(/ {2}█▁{15} each 2m$/);
  });

  it('has no place below 100 cells, nor before the first completion', () => {
    expect(third(99)).not.toMatch(/[▁-▇]/);
    expect(third(100)).toMatch(/[▁-▇]/);
    expect(third(200, { rows: [invocation({ status: 'InProgress' })] })).not.toMatch(/[▁-▇]/);
    expect(third(200, { command: { ...running, requestedAt: null } })).not.toMatch(/[▁-▇]/);
  });

  it('ends where the last whole sweep began, and is not there before the first', () => {
    expect(third(200, { sweptAt: requestedAt + 4_000 })).toMatch(/ {2}▁▅▁█▁ each 1s$/);
    expect(third(200, { sweptAt: null })).not.toMatch(/[▁-▇]/);
  });

  it('stays as it is after the end', () => {
    const verdict = { outcome: 'success', counts: { Success: 8 }, commandStatus: 'Success' } as const;
    expect(third(200, { verdict }, 600_000)).toMatch(/ {2}▁▃▁▄▁█ each 1s$/);
  });

  it('moves nothing while it grows', () => {
    const counts = (after: number) => third(120, {}, after).indexOf('8 of');
    const places = Array.from({ length: 60 }, (_, second) => counts(6_000 + second * 100));
    expect(new Set(places).size).toBe(1);
  });

  const many = [
    ...finished(Array.from({ length: 612 }, (_, index) => 20 + (index % 40))),
    ...counted(50, 'InProgress'),
    ...counted(338, 'Pending'),
  ];

  it.each([46, 60])('is no wider than %i cells', (screenWidth) =>
    expect(stringWidth(third(screenWidth, { rows: many }, 60_000))).toBeLessThanOrEqual(screenWidth),
  );

  it.each([80, 90, 100, 110, 120, 160, 200])(
    'leaves counts, time left and itself whole on %i cells',
    (screenWidth) => {
      const line = third(screenWidth, { rows: many }, 60_000);
      expect(stringWidth(line)).toBeLessThanOrEqual(screenWidth);
      expect(line).toContain('612 of 1,000  ✓ 612  ✗ 0  ● 50  ○ 338  about 40 s left');
      expect(line).not.toContain('…');
      if (screenWidth >= 100) expect(line).toMatch(/left {2}[▁▂▃▄▅▆▇█]{12,24}( each \d+s)?$/);
    },
  );
});
