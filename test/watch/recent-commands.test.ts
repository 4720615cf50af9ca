import { afterEach, describe, expect, it } from 'vitest';
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

describe('the newest commands', () => {
  it('are the first page, and no more', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    expect(virtual.listed()).toEqual([8, 7, 6]);
    expect(snapshotOf(virtual)).toMatchObject({ hasMore: true, readAt: 0, problems: [] });
    expect(snapshotOf(virtual).activity).toEqual({ kind: 'waiting', until: 5_000 });
    expect(account.calls).toEqual(['first']);
  });

  it('are sorted, whatever order they came in', async () => {
    const account = new FakeAccount([summary(2), summary(9), summary(5)]);
    expect((await openList(account)).listed()).toEqual([9, 5, 2]);
  });

  it('are read again after the interval, in what changed and what was sent meanwhile', async () => {
    const account = new FakeAccount([summary(2, { status: 'InProgress' }), summary(1)]);
    const virtual = await openList(account, 7_000);
    account.commands = [summary(3), summary(2, { status: 'Failed' }), summary(1)];
    await virtual.pass(6_999);
    expect(account.calls).toHaveLength(1);
    await virtual.pass(1);
    expect(snapshotOf(virtual).commands.map(({ status }) => status)).toEqual([
      'Success',
      'Failed',
      'Success',
    ]);
    expect(snapshotOf(virtual).readAt).toBe(7_000);
  });

  it('are read page by page down to those that are known', async () => {
    const account = new FakeAccount(summaries(1, 4));
    const virtual = await openList(account);
    account.commands = summaries(1, 14);
    await virtual.pass(5_000);
    expect(virtual.listed()).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    expect(account.calls).toHaveLength(5);
  });

  it('are not read further than that each time, and what is between is read as one scrolls', async () => {
    const account = new FakeAccount(summaries(1, 4));
    const virtual = await openList(account);
    account.commands = summaries(1, 100);
    await virtual.pass(5_000);
    expect(virtual.listed()).toHaveLength(60 + 3);
    for (let page = 0; page < 13; page += 1) {
      virtual.list.loadMore();
      await virtual.settle();
    }
    expect(virtual.listed()).toEqual(summaries(1, 100).map((_, index) => 100 - index));
  });

  it('do not leave what was running looking so for ever', async () => {
    const account = new FakeAccount([...summaries(3, 8), summary(2, { status: 'InProgress' }), summary(1)]);
    const virtual = await openList(account);
    for (const _ of [1, 2]) {
      virtual.list.loadMore();
      await virtual.settle();
    }
    expect(virtual.listed()).toHaveLength(8);
    account.commands = [...summaries(3, 8), summary(2, { status: 'Failed' }), summary(1)];
    await virtual.pass(5_000);
    expect(account.calls.at(-1)).toBe('command 2');
    expect(snapshotOf(virtual).commands.find(({ commandId }) => commandId === idOf(2))?.status).toBe(
      'Failed',
    );
    await virtual.pass(5_000);
    expect(account.calls.at(-1)).toBe('first');
  });

  it('ask for no more than five of those each time, and for all in turn', async () => {
    const running = (number: number) => summary(number, { status: 'InProgress' });
    const account = new FakeAccount([9, 8, 7, 6, 5, 4, 3, 2, 1].map(running), 1);
    const virtual = await openList(account);
    for (let page = 0; page < 8; page += 1) {
      virtual.list.loadMore();
      await virtual.settle();
    }
    account.calls.length = 0;
    await virtual.pass(5_000);
    await virtual.pass(5_000);
    const asked = account.calls.filter((call) => call.startsWith('command'));
    expect(asked).toHaveLength(10);
    expect(new Set(asked).size).toBe(8);
  });
});

describe('older commands', () => {
  it('are read a page at a time, when they are wanted', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    virtual.list.loadMore();
    virtual.list.loadMore();
    await virtual.settle();
    expect(virtual.listed()).toEqual([8, 7, 6, 5, 4, 3]);
    virtual.list.loadMore();
    await virtual.settle();
    expect(virtual.listed()).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(snapshotOf(virtual).hasMore).toBe(false);
    virtual.list.loadMore();
    await virtual.settle();
    expect(account.calls).toHaveLength(3);
  });

  it('are looked for behind pages that are empty or bring nothing new', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    account.answers.push(
      { commands: [], unreadable: 0, nextToken: 'a' },
      { commands: [summary(7)], unreadable: 0, nextToken: 'b' },
      { commands: [summary(5)], unreadable: 0, nextToken: 'c' },
    );
    virtual.list.loadMore();
    await virtual.settle();
    expect(virtual.listed()).toEqual([8, 7, 6, 5]);
    expect(account.calls).toEqual(['first', idOf(5), 'a', 'b']);
  });

  it('end with a problem where a token repeats', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    account.answers.push({ commands: [summary(5)], unreadable: 0, nextToken: idOf(5) });
    virtual.list.loadMore();
    await virtual.settle();
    expect(snapshotOf(virtual)).toMatchObject({
      hasMore: false,
      problems: [{ source: 'listing', problem: { kind: 'response' }, retryAt: null }],
    });
    virtual.list.loadMore();
    await virtual.settle();
    expect(account.calls).toHaveLength(2);
  });

  it('end with a problem where empty pages have no end', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    account.answers.push(
      ...Array.from({ length: 500 }, (_, index) => ({
        commands: [],
        unreadable: 0,
        nextToken: `token ${index}`,
      })),
    );
    virtual.list.loadMore();
    for (let turn = 0; turn < 30; turn += 1) await virtual.settle();
    expect(snapshotOf(virtual)).toMatchObject({ hasMore: false, problems: [{ source: 'listing' }] });
    expect(account.calls.length).toBeLessThan(120);
  });

  it('are tried again after a pause, while the newest stay live', async () => {
    const account = new FakeAccount(summaries(1, 8));
    const virtual = await openList(account);
    account.answers.push(remoteError('throttled'));
    virtual.list.loadMore();
    await virtual.settle();
    expect(snapshotOf(virtual)).toMatchObject({
      hasMore: true,
      problems: [{ source: 'listing', problem: { kind: 'throttled' }, retryAt: 1_000 }],
    });
    await virtual.pass(1_000);
    expect(virtual.listed()).toHaveLength(6);
    expect(snapshotOf(virtual).problems).toEqual([]);
    await virtual.pass(4_000);
    expect(account.calls.at(-1)).toBe('first');
  });

  it('are found again from the top where AWS no longer takes the token', async () => {
    const account = new FakeAccount(summaries(1, 12));
    const virtual = await openList(account);
    virtual.list.loadMore();
    await virtual.settle();
    account.answers.push(remoteError('response'));
    virtual.list.loadMore();
    await virtual.settle();
    await virtual.pass(1_000);
    expect(virtual.listed()).toHaveLength(9);
    expect(snapshotOf(virtual)).toMatchObject({ hasMore: true, problems: [] });
    expect(account.calls.slice(3)).toEqual(['first', idOf(9), idOf(6)]);
  });

  it('are found again also while paused, when they are wanted again', async () => {
    const account = new FakeAccount(summaries(1, 12));
    const virtual = await openList(account);
    virtual.list.pause();
    account.answers.push(remoteError('response'));
    virtual.list.loadMore();
    await virtual.settle();
    virtual.list.loadMore();
    await virtual.pass(1_000);
    expect(account.calls).toHaveLength(2);
    virtual.list.loadMore();
    await virtual.settle();
    expect(virtual.listed()).toHaveLength(6);
  });
});

describe('answers that may be of another account', () => {
  it.each([
    ['of the newest commands', (list: VirtualList) => list.pass(5_000)],
    [
      'of older ones',
      async ({ list, settle }: VirtualList) => {
        list.loadMore();
        await settle();
      },
    ],
  ])('%s begin the list anew', async (_, read) => {
    const account = new FakeAccount(summaries(1, 9));
    const virtual = new VirtualList(account);
    await virtual.start();
    expect(virtual.listed()).toEqual([9, 8, 7]);
    account.commands = summaries(21, 22);
    account.answers.push({ commands: summaries(21, 22), unreadable: 0, nextToken: null });
    account.changes += 1;
    await read(virtual);
    expect(virtual.listed()).toEqual([22, 21]);
    expect(virtual.list.getSnapshot().hasMore).toBe(false);
    virtual.stop();
  });
});
