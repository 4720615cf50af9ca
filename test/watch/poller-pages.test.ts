import { describe, expect, it } from 'vitest';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { openWatch, trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

const operation = 'ListCommandInvocations';

/** A watch whose calls fail so often in a row once the first page with rows has been read. */
async function openBrokenAfterFirstPage(times: number) {
  let broken = false;
  const watch = await openWatch({
    instances: 12,
    pageSize: 5,
    pagingTricks: false,
    wrapReader: (reader) => ({
      ...reader,
      async *list(listing, between, signal) {
        for await (const page of reader.list(listing, between, signal)) {
          if (page.length > 0 && !broken) watch.simulator.addFault({ operation, kind: '500', times });
          broken ||= page.length > 0;
          yield page;
        }
      },
    }),
  });
  return watch;
}

describe('a page that cannot be read', () => {
  it('is tried again, so that a long list is read whole though every second call is throttled', async () => {
    await using watch = await openWatch({
      scenario: 'throttled',
      seed: 738_207,
      instances: 33,
      pageSize: 1,
      patience: 7_200_000,
    });
    expect(await watch.run()).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
  });

  it('is tried again with its own token, and told as a problem that passes', async () => {
    await using watch = await openBrokenAfterFirstPage(2);
    expect(await watch.run()).toMatchObject({ kind: 'verdict', verdict: { outcome: 'success' } });
    const calls = watch.simulator.requests.filter((request) => request.operation === operation);
    const first = calls.findIndex(({ status }) => status === 500);
    const tries = calls.slice(first, first + 3);
    expect(tries.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(JSON.stringify(tries[0]?.input)).toContain('NextToken');
    expect(tries.map(({ input }) => input)).toEqual(tries.map(() => tries[0]?.input));
    const told = watch.events.filter(({ type }) => type === 'problem' || type === 'recovered');
    expect(told.map(({ type }) => type)).toEqual(['problem', 'recovered']);
  });

  it('ends the sweep after five tries in a row', async () => {
    await using watch = await openBrokenAfterFirstPage(6);
    expect(await watch.run()).toMatchObject({ kind: 'verdict', verdict: { outcome: 'success' } });
    const calls = watch.simulator.requests.filter((request) => request.operation === operation);
    const last = calls.findLastIndex(({ status }) => status === 500);
    expect(JSON.stringify(calls[last]?.input)).toContain('NextToken');
    expect(JSON.stringify(calls[last + 1]?.input)).not.toContain('NextToken');
  });
});
