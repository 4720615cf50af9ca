import { afterEach, describe, expect, it } from 'vitest';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import type { Endpoint } from '../helpers/endpoint.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';
import { openWatch } from '../helpers/watch-simulator.ts';
import { closeSweeps, incomplete, list, row, sweep, wireRow } from './invocation-sweep.ts';

isolateAwsEnvironment();

afterEach(closeSweeps);

const { signal } = new AbortController();

const inputs = ({ calls }: Endpoint) => calls.map(({ body }) => JSON.parse(body) as unknown);

describe('pages', () => {
  it('are asked for with the token of the one before, as many as there are, also after empty ones', async () => {
    const answers = [list([], 'a'), list([wireRow], 'b'), list([], 'c'), list([wireRow])];
    const { pages, thrown, endpoint } = await sweep(answers, { pageSize: 7 });
    expect([pages, thrown]).toEqual([[[], [row], [], [row]], null]);
    const asked = { CommandId: commandId, MaxResults: 7, Details: true };
    expect(inputs(endpoint)).toEqual([
      asked,
      { ...asked, NextToken: 'a' },
      { ...asked, NextToken: 'b' },
      { ...asked, NextToken: 'c' },
    ]);
  });

  it.each(['', null])('end where the token is %j', async (NextToken) => {
    const { pages, thrown, endpoint } = await sweep([{ CommandInvocations: [wireRow], NextToken }]);
    expect([pages.length, thrown, endpoint.calls.length]).toEqual([1, null, 1]);
  });

  it('whose token is no text are an incomplete list', async () => {
    const { pages, thrown } = await sweep([{ CommandInvocations: [wireRow], NextToken: 3 }]);
    expect(pages).toEqual([[row]]);
    expect(thrown).toMatchObject(incomplete(/NextToken/));
  });

  it.each<[string, readonly string[]]>([
    ['at once', ['a', 'a']],
    ['later', ['a', 'b', 'c', 'a']],
  ])('whose token repeats %s are an incomplete list', async (_, tokens) => {
    const { pages, thrown, endpoint } = await sweep(tokens.map((token) => list([wireRow], token)));
    expect(pages).toHaveLength(tokens.length);
    expect(thrown).toMatchObject(incomplete(/NextToken/));
    expect(endpoint.calls).toHaveLength(tokens.length);
  });

  it.each([
    ['are empty', []],
    ['have the same rows', [wireRow]],
  ])('that %s, and have another token each time, are an incomplete list', async (_, rows) => {
    const endless = Array.from({ length: 150 }, (_, token) => list(rows, String(token)));
    const { thrown, endpoint } = await sweep([list([wireRow], 'first'), ...endless]);
    expect(thrown).toMatchObject(incomplete(/without end/));
    expect(endpoint.calls.length).toBeLessThan(150);
  });

  it('are limited to one instance where one is asked for', async () => {
    const { endpoint } = await sweep([list([], 'a'), list([])], { instanceId });
    expect(inputs(endpoint)).toMatchObject([{ InstanceId: instanceId }, { InstanceId: instanceId }]);
  });

  it('give no other instance than the one that is asked for', async () => {
    const others = [wireRow, { ...wireRow, InstanceId: 'i-00000002' }];
    const { pages, thrown } = await sweep([list(others, 'a'), list(others)], { instanceId });
    expect([pages, thrown]).toEqual([[[row], [row]], null]);
  });

  it.each([1, 2, 3, 5, 6, 7, 8])(
    'that are short, empty and overlap give every row, seed %i',
    async (seed) => {
      await using watch = await openWatch({ scenario: 'bad', seed, pagingTricks: true });
      watch.clock.advance(60_000);
      const query = {
        commandId: watch.simulator.commandId,
        instanceId: null,
        status: null,
        details: true,
        pageSize: 5,
      };
      const pages: Invocation[][] = [];
      for await (const page of listInvocations(watch.connection, query, inOneGo, signal)) pages.push(page);
      const listed = new Map(
        pages.flat().map((invocation) => [invocation.instanceId, invocation.statusDetails]),
      );
      const truth = watch.simulator.truth()?.invocations ?? [];
      expect(listed).toEqual(new Map(truth.map((known) => [known.instanceId, known.statusDetails])));
      expect(pages.flat().length).toBeGreaterThan(listed.size);
      expect(pages).toContainEqual([]);
    },
  );
});
