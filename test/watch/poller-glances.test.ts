import { expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { listedStatusOf } from '../../src/watch/listed-status.ts';
import type { RolloutReader } from '../../src/watch/rollout-reader.ts';
import { command, invocation } from '../helpers/fixtures.ts';
import { readerOf, startedAt, watchVirtually } from '../helpers/virtual-watch.ts';

const nodes = 1_000;
const pageSize = 50;
const throttled = new RemoteError({ kind: 'throttled', message: 'Rate exceeded', needsAction: false });

it('a look in the middle of a sweep that is throttled does not hold the sweep up', async () => {
  const second = () => (watch.clock.now() - startedAt) / 1000;
  const isOver = () => second() > 120;
  const rows = (): Invocation[] =>
    Array.from({ length: nodes }, (_, index) => {
      const hasEnded = index === 0 ? second() > 25 : index < 900 || isOver();
      return invocation({ instanceId: `i-${index}`, status: hasEnded ? 'Success' : 'Pending' });
    }).map((row) => (row.instanceId === 'i-0' && second() <= 25 ? { ...row, ...running } : row));
  const running = { status: 'InProgress', statusDetails: 'InProgress' };
  let lookUps = 0;
  const lookUpsBetweenPages: number[] = [];
  const reader: RolloutReader = {
    ...readerOf({
      command: () => command({ targetCount: nodes, status: isOver() ? 'Success' : 'InProgress' }),
      pages: () => [],
    }),
    async *list({ status }) {
      const listed = rows().filter((row) => status === null || listedStatusOf(row) === status);
      for (let first = 0; first < listed.length; first += pageSize) {
        if (status === null && first > 0) lookUpsBetweenPages.push(lookUps);
        lookUps = 0;
        watch.clock.advance(1_000);
        yield listed.slice(first, first + pageSize);
      }
    },
    readInvocation: async (instanceId) => {
      lookUps += 1;
      if (!isOver()) throw throttled;
      return rows().find((row) => row.instanceId === instanceId) ?? null;
    },
  };
  const watch = watchVirtually(reader, { pageSize });
  watch.poller.setVisible(['i-0']);
  expect(await watch.run()).toMatchObject({ kind: 'verdict', verdict: { outcome: 'success' } });
  expect(Math.max(...lookUpsBetweenPages)).toBe(1);
});
