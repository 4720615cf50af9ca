import { expect, test } from 'vitest';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import { failuresOf, groupByCause } from '../../src/domain/failure-groups.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { endOf, openWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

test.each([1, 2, 3])('causes has 7 causes of 140 failures of 2,000, seed %i', async (seed) => {
  await using watch = await openWatch({ scenario: 'causes', seed });
  expect(endOf(watch.simulator)).toBeGreaterThan(60_000);
  expect(endOf(watch.simulator)).toBeLessThan(90_000);
  watch.clock.advance(endOf(watch.simulator));
  const query = {
    commandId: watch.simulator.commandId,
    instanceId: null,
    status: null,
    details: true,
    pageSize: 50,
  };
  const pages = listInvocations(watch.connection, query, inOneGo, new AbortController().signal);
  const rows: Invocation[] = [];
  for await (const page of pages) rows.push(...page);
  const groups = groupByCause(failuresOf(rows, 'failure'));
  expect(new Set(rows.map(({ instanceId }) => instanceId)).size).toBe(2000);
  expect(
    groups.map(({ statusDetails, exitCode, invocations }) => [statusDetails, exitCode, invocations.length]),
  ).toEqual([
    ['Failed', 127, 118],
    ['Failed', 1, 8],
    ['Failed', 1, 5],
    ['Failed', 7, 4],
    ['Failed', 126, 2],
    ['Undeliverable', null, 2],
    ['Failed', 137, 1],
  ]);
  expect(groups[0]?.cause).toBe('yum: command not found');
  expect(watch.simulator.truth()?.command.statusDetails).toBe('Incomplete');
});
