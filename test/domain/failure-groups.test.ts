import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/conclusion.ts';
import {
  type FailureGroup,
  failureGroupKey,
  failuresOf,
  groupByCause,
} from '../../src/domain/failure-groups.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { everything, matches } from '../../src/domain/rows.ts';
import { hostileText, invocation, plugin, requestedAt } from '../helpers/fixtures.ts';
import { failure, sameCause } from './same-cause.ts';

const failed = (instanceId: string, output: string, responseCode = 1, finishedAt: number | null = null) =>
  failure(output, { instanceId, plugins: [plugin({ status: 'Failed', responseCode, output, finishedAt })] });
const late = (instanceId: string) =>
  invocation({ instanceId, status: 'TimedOut', statusDetails: 'DeliveryTimedOut' });
const idsOf = (groups: readonly FailureGroup[]) =>
  groups.map(({ invocations }) => invocations.map(({ instanceId }) => instanceId));

describe('groupByCause', () => {
  it('groups by StatusDetails, plugin, exit code and cause, the largest first', () => {
    const groups = groupByCause([
      failed('i-1', 'disk full'),
      failed('i-2', 'line 3: no yum', 127, requestedAt + 5_000),
      failed('i-3', 'line 4: no yum', 127, requestedAt + 2_000),
      failed('i-5', 'line 5: no yum\n', 127),
      late('i-6'),
      late('i-7'),
    ]);
    expect(groups.map(({ key: _, ...group }) => group)).toEqual([
      {
        statusDetails: 'Failed',
        plugin: 'aws:runShellScript',
        exitCode: 127,
        cause: 'line #: no yum',
        invocations: [
          expect.objectContaining({ instanceId: 'i-2' }),
          expect.objectContaining({ instanceId: 'i-3' }),
          expect.objectContaining({ instanceId: 'i-5' }),
        ],
        firstAt: requestedAt + 2_000,
        lastAt: requestedAt + 5_000,
      },
      {
        statusDetails: 'DeliveryTimedOut',
        plugin: null,
        exitCode: null,
        cause: 'not delivered before the timeout',
        invocations: [late('i-6'), late('i-7')],
        firstAt: null,
        lastAt: null,
      },
      {
        statusDetails: 'Failed',
        plugin: 'aws:runShellScript',
        exitCode: 1,
        cause: 'disk full',
        invocations: [failed('i-1', 'disk full')],
        firstAt: null,
        lastAt: null,
      },
    ]);
  });

  it('has no group of nothing', () => expect(groupByCause([])).toEqual([]));

  const step = (change: Partial<Parameters<typeof plugin>[0]>) =>
    invocation({ status: 'Failed', plugins: [plugin({ status: 'Failed', output: 'no', ...change })] });
  it.each<[string, Invocation]>([
    ['exit code', step({ responseCode: 2 })],
    ['plugin', step({ name: 'configure' })],
    ['telling line', step({ output: 'yes' })],
    ['StatusDetails', { ...step({}), status: 'Cancelled', statusDetails: 'Cancelled' }],
  ])('keeps another %s apart', (_, other) => expect(groupByCause([step({}), other])).toHaveLength(2));

  it('groups by the step that failed, whatever came before and after', () => {
    const no = plugin({ status: 'Failed', name: 'install', responseCode: 3, output: 'no' });
    const [group, ...others] = groupByCause([
      invocation({ instanceId: 'i-1', status: 'Failed', plugins: [no] }),
      invocation({
        instanceId: 'i-2',
        status: 'Failed',
        plugins: [plugin({ output: 'well' }), no, plugin({ status: 'Cancelled' })],
      }),
    ]);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ plugin: 'install', exitCode: 3, cause: 'no' });
  });

  it('names no plugin where none failed', () => {
    const lost = invocation({
      status: 'Failed',
      statusDetails: 'Undeliverable',
      plugins: [plugin({ status: 'Pending', responseCode: -1 })],
    });
    expect(groupByCause([lost])).toMatchObject([{ plugin: null, exitCode: null }]);
  });

  it('puts what a table of real outputs calls one cause into one group, and no two of them', () => {
    const nodes = sameCause
      .filter(([, outputs]) => groupByCause(outputs.map((output) => failure(output))).length === 1)
      .flatMap(([, outputs], cause) => outputs.map((output, node) => failed(`i-${cause}-${node}`, output)));
    for (const ids of idsOf(groupByCause(nodes))) {
      expect(new Set(ids.map((id) => id.split('-')[1])).size, ids.join()).toBe(1);
    }
  });

  it('takes thousands of long lines', () => {
    const nodes = Array.from({ length: 3_000 }, (_, index) =>
      failed(`i-${index}`, `${'x '.repeat(1_100)}no answer from 10.0.0.${index % 256} after ${index} ms`),
    );
    expect(groupByCause(nodes)).toHaveLength(1);
  });
});

/** Rows with few causes between them, and a few that did not fail. */
const anyRows = fc
  .array(
    fc.record({
      status: fc.constantFrom(
        'Failed',
        'TimedOut',
        'Cancelled',
        'Success',
        'InProgress',
        'Pending',
        'Sleeping',
      ),
      output: fc.oneof(
        fc.constantFrom('no 1', 'no 2', 'yes', '', '\n----------ERROR-------\nno 3'),
        fc.nat(9).map((n) => `took ${n} ms`),
        hostileText(),
      ),
      responseCode: fc.constantFrom(-1, 0, 1, 127),
      finishedAt: fc.option(fc.nat()),
    }),
    { maxLength: 12 },
  )
  .map((rows) =>
    rows.map(({ status, ...step }, index) =>
      invocation({ instanceId: `i-${index}`, status, plugins: [plugin({ status, ...step })] }),
    ),
  );
const shuffled = anyRows.chain((rows) =>
  fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
);

describe('whatever the rows are', () => {
  it('their order never changes the groups', () =>
    fc.assert(
      fc.property(shuffled, ([rows, otherwise]) => {
        expect(groupByCause(otherwise)).toEqual(groupByCause(rows));
      }),
    ));

  it('each is in exactly one group, under its own key', () =>
    fc.assert(
      fc.property(anyRows, (rows) => {
        const groups = groupByCause(rows);
        expect(idsOf(groups).flat().toSorted()).toEqual(rows.map(({ instanceId }) => instanceId).toSorted());
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
        for (const { key, invocations } of groups) {
          expect(invocations).not.toEqual([]);
          for (const row of invocations) expect(failureGroupKey(row)).toBe(key);
        }
      }),
    ));

  it('the groups are never smaller than the next, and their times are those of their rows', () =>
    fc.assert(
      fc.property(anyRows, (rows) => {
        const groups = groupByCause(rows);
        const sizes = groups.map(({ invocations }) => invocations.length);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        for (const { invocations, firstAt, lastAt } of groups) {
          const times = invocations.flatMap(({ plugins }) => plugins[0]?.finishedAt ?? []);
          expect(firstAt).toBe(times.length > 0 ? Math.min(...times) : null);
          expect(lastAt).toBe(times.length > 0 ? Math.max(...times) : null);
        }
      }),
    ));

  it('a row that comes leaves the other rows together as they were', () =>
    fc.assert(
      fc.property(anyRows, hostileText(), (rows, output) => {
        const later = groupByCause([...rows, failed('i-new', output)]);
        const before = idsOf(groupByCause(rows)).map((ids) => ids.join());
        const after = idsOf(later).map((ids) => ids.filter((id) => id !== 'i-new').join());
        expect(after.filter((ids) => ids !== '').toSorted()).toEqual(before.toSorted());
      }),
    ));
});

describe('failuresOf', () => {
  const rows = ['Success', 'Failed', 'TimedOut', 'Cancelled', 'InProgress', 'Pending', 'Sleeping'].map(
    (status) => invocation({ status }),
  );
  const ended = ['Failed', 'TimedOut', 'Cancelled'];

  it.each<[Outcome, string[]]>([
    ['failure', [...ended, 'InProgress', 'Pending', 'Sleeping']],
    ['success', ended],
    ['no-targets', ended],
    ['timeout', ended],
    ['interrupted', ended],
    ['refused', ended],
    ['in-progress', ended],
    ['broken', ended],
  ])('of %s', (outcome, statuses) =>
    expect(failuresOf(rows, outcome).map(({ status }) => status)).toEqual(statuses),
  );

  it('is no success that AWS did not say in both words', () =>
    expect(failuresOf([invocation({ statusDetails: 'Rebooting' })], 'in-progress')).toHaveLength(1));
});

describe('a filter by a group', () => {
  it('lets through the rows of the group that have failed, and no other', () =>
    fc.assert(
      fc.property(anyRows, (rows) => {
        for (const { key, invocations } of groupByCause(failuresOf(rows, 'in-progress'))) {
          const passing = rows.filter((row) => matches({ ...everything, group: key }, row));
          expect(new Set(passing)).toEqual(new Set(invocations));
        }
      }),
    ));

  it('composes with the other limits', () => {
    const row = failed('i-1', 'no yum');
    const group = failureGroupKey(row);
    expect(
      matches({ ...everything, group, text: 'yum', failuresOnly: true, statuses: ['Failed'] }, row),
    ).toBe(true);
    expect(matches({ ...everything, group, text: 'apt' }, row)).toBe(false);
    expect(matches({ ...everything, group, statuses: ['Cancelled'] }, row)).toBe(false);
    expect(matches({ ...everything, group: 'no such group' }, row)).toBe(false);
  });
});
