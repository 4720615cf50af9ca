import { afterEach, describe, expect, it } from 'vitest';
import { listRefusal } from '../../src/watch/command-list.ts';
import {
  FakeAccount,
  idOf,
  openList,
  remoteError,
  snapshotOf,
  stopLists,
  summaries,
  summary,
  VirtualList,
} from '../helpers/recent-commands.ts';

afterEach(stopLists);

describe('problems', () => {
  it('are told with the next try, and are over with the next answer', async () => {
    const account = new FakeAccount(summaries(1, 2));
    account.answers.push(remoteError('network'), remoteError('network'));
    const virtual = await openList(account);
    expect(snapshotOf(virtual)).toMatchObject({
      commands: [],
      readAt: null,
      problems: [{ source: 'sweep', since: 0, retryAt: 1_000 }],
    });
    await virtual.pass(1_000);
    expect(snapshotOf(virtual).problems).toMatchObject([{ since: 0, retryAt: 3_000 }]);
    await virtual.pass(2_000);
    expect(snapshotOf(virtual)).toMatchObject({ readAt: 3_000, problems: [] });
    expect(virtual.listed()).toEqual([2, 1]);
  });

  it('leave what was read', async () => {
    const account = new FakeAccount(summaries(1, 2));
    const virtual = await openList(account);
    account.answers.push(remoteError('access-denied', true));
    await virtual.pass(5_000);
    expect(virtual.listed()).toEqual([2, 1]);
    expect(listRefusal(snapshotOf(virtual))).toBeNull();
    expect(snapshotOf(virtual).problems).toHaveLength(1);
  });

  it('that no retry can mend are a refusal before the first answer, others are not', async () => {
    const denied = new FakeAccount([]);
    denied.answers.push(remoteError('access-denied', true));
    expect(listRefusal(snapshotOf(await openList(denied)))).toMatchObject({ kind: 'access-denied' });
    const offline = new FakeAccount([]);
    offline.answers.push(remoteError('network'));
    expect(listRefusal(snapshotOf(await openList(offline)))).toBeNull();
  });

  it('are commands that could not be read, until they can', async () => {
    const account = new FakeAccount(summaries(1, 2));
    account.answers.push({ commands: [summary(2)], unreadable: 1, nextToken: null });
    const virtual = await openList(account);
    expect(snapshotOf(virtual).problems).toMatchObject([
      { problem: { kind: 'response', message: expect.stringContaining('1 of the listed commands') } },
    ]);
    await virtual.pass(5_000);
    expect(snapshotOf(virtual).problems).toEqual([]);
  });

  it('of ours are not for it', async () => {
    const account = new FakeAccount([]);
    account.readPage = () => Promise.reject(new TypeError('ours'));
    const virtual = new VirtualList(account);
    await expect(virtual.list.run(new AbortController().signal)).rejects.toThrow('ours');
  });
});

describe('a pause', () => {
  it('holds until it is over, and lets one ask by hand', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    virtual.list.pause();
    await virtual.settle();
    expect(snapshotOf(virtual).activity).toEqual({ kind: 'paused' });
    await virtual.pass(60_000);
    expect(account.calls).toEqual(['first']);
    virtual.list.loadMore();
    await virtual.settle();
    expect(account.calls).toEqual(['first', idOf(5)]);
    virtual.list.refresh();
    await virtual.settle();
    expect(account.calls).toEqual(['first', idOf(5), 'first']);
    expect(snapshotOf(virtual).activity).toEqual({ kind: 'paused' });
    virtual.list.resume();
    await virtual.settle();
    expect(snapshotOf(virtual).activity).toEqual({ kind: 'waiting', until: 65_000 });
  });
});

it('ends with its signal', async () => {
  const stop = new AbortController();
  const running = new VirtualList(new FakeAccount([])).list.run(stop.signal);
  stop.abort(new Error('left'));
  await expect(running).rejects.toThrow('left');
});
