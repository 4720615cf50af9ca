import { describe, expect, it } from 'vitest';
import type { PluginOutput } from '../../src/domain/plugin-output.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { OutputStore } from '../../src/watch/outputs.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';

const output: PluginOutput = {
  stdout: 'all of it',
  stderr: '',
  stdoutTruncated: false,
  stderrTruncated: false,
};
const cutOutput = 'some of it\n---Output truncated---';
const cut = invocation({ plugins: [plugin({ output: cutOutput })] });
const denied = new RemoteError({ kind: 'access-denied', message: 'denied', needsAction: true });

/** A store whose reader answers as told, and the names of the plugins that it was asked for. */
function storeOf(answer: () => Promise<PluginOutput>, signal = new AbortController().signal) {
  const asked: string[] = [];
  const store = new OutputStore((_, name) => {
    asked.push(name);
    return answer();
  }, signal);
  return { store, asked };
}

describe('an output that is looked at', () => {
  it('is read once, and told to who listens', async () => {
    const { store, asked } = storeOf(async () => output);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.want(cut, 0);
    store.want(cut, 0);
    expect(store.reading(cut, 0)).toEqual({ kind: 'reading' });
    await expect.poll(() => store.reading(cut, 0)).toEqual({ kind: 'read', output });
    store.want(cut, 0);
    expect(asked).toEqual(['aws:runShellScript']);
    expect(told).toBe(2);
  });

  it.each([
    ['AWS cut nothing', [plugin({ output: 'all' })], 0],
    ['the step goes on', [plugin({ status: 'InProgress', output: cutOutput })], 0],
    ['there is no such plugin', [], 3],
  ])('is not read where %s', (_, plugins, index) => {
    const { store, asked } = storeOf(async () => output);
    store.want(invocation({ plugins }), index);
    expect(asked).toEqual([]);
    expect(store.reading(invocation({ plugins }), index)).toBeNull();
  });

  it('says why it could not be read, and is tried again when it is looked at again', async () => {
    const answers = [Promise.reject(denied), Promise.resolve(output)];
    const { store } = storeOf(() => answers.shift() ?? Promise.reject(denied));
    store.want(cut, 0);
    await expect.poll(() => store.reading(cut, 0)).toEqual({ kind: 'failed', message: 'denied' });
    store.want(cut, 0);
    await expect.poll(() => store.reading(cut, 0)).toEqual({ kind: 'read', output });
  });

  it('is not told after the end', async () => {
    const stop = new AbortController();
    const { store } = storeOf(() => Promise.reject(new Error('aborted')), stop.signal);
    store.want(cut, 0);
    stop.abort();
    await Promise.resolve();
    expect(store.reading(cut, 0)).toEqual({ kind: 'reading' });
  });

  it('is forgotten when twenty others were looked at since', async () => {
    const { store } = storeOf(async () => output);
    const rows = Array.from({ length: 21 }, (_, index) => ({ ...cut, instanceId: `i-${index}` }));
    for (const row of rows) store.want(row, 0);
    const [first = cut, second = cut] = rows;
    await expect.poll(() => store.reading(second, 0)?.kind).toBe('read');
    await expect.poll(() => store.getSnapshot().size).toBe(20);
    expect(store.reading(first, 0)).toBeNull();
  });
});
