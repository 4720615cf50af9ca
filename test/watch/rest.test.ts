import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Rest } from '../../src/watch/rest.ts';

/** A rest whose delays end when told. */
function start(rest: Rest, signal: AbortSignal = new AbortController().signal) {
  const journal: string[] = [];
  const wakes: (() => void)[] = [];
  const delay = (either: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      journal.push('delay');
      wakes.push(resolve);
      either.addEventListener('abort', () => reject(either.reason));
    });
  const announce = (paused: boolean) => journal.push(paused ? 'paused' : 'waiting');
  const taken = rest.take(delay, announce, signal).then(
    () => journal.push('over'),
    (error: unknown) => journal.push(`aborted: ${error}`),
  );
  return { journal, taken, endDelay: () => wakes.at(-1)?.() };
}

describe('a rest', () => {
  it('lasts as long as the delay', async () => {
    const { journal, taken, endDelay } = start(new Rest());
    await nextTurn();
    expect(journal).toEqual(['waiting', 'delay']);
    endDelay();
    await taken;
    expect(journal).toEqual(['waiting', 'delay', 'over']);
  });

  it('is ended by a refresh', async () => {
    const rest = new Rest();
    const { journal, taken } = start(rest);
    rest.refresh();
    await taken;
    expect(journal).toEqual(['waiting', 'delay', 'over']);
  });

  it('turns into a pause, and is ended by resuming', async () => {
    const rest = new Rest();
    const { journal, taken } = start(rest);
    rest.pause();
    await nextTurn();
    expect([journal, rest.paused]).toEqual([['waiting', 'delay', 'paused'], true]);
    rest.resume();
    await taken;
    expect([journal, rest.paused]).toEqual([['waiting', 'delay', 'paused', 'over'], false]);
  });

  it('is ended by a refresh in the same turn as a pause', async () => {
    const rest = new Rest();
    const { journal, taken } = start(rest);
    rest.pause();
    rest.refresh();
    await taken;
    expect([journal, rest.paused]).toEqual([['waiting', 'delay', 'over'], true]);
  });

  it('that was paused before it began has no delay', async () => {
    const rest = new Rest();
    rest.pause();
    const { journal, taken } = start(rest);
    await nextTurn();
    expect(journal).toEqual(['paused']);
    rest.refresh();
    await taken;
    expect([journal, rest.paused]).toEqual([['paused', 'over'], true]);
  });

  it('is not shortened by a refresh or a resume before it began', async () => {
    const rest = new Rest();
    rest.refresh();
    rest.pause();
    rest.resume();
    const { journal, taken, endDelay } = start(rest);
    await nextTurn();
    expect(journal).toEqual(['waiting', 'delay']);
    endDelay();
    await taken;
  });

  it.each([false, true])('rejects with the reason of the signal, paused %s', async (paused) => {
    const rest = new Rest();
    if (paused) rest.pause();
    const abort = new AbortController();
    const { journal, taken } = start(rest, abort.signal);
    await nextTurn();
    abort.abort('left');
    await taken;
    expect(journal.at(-1)).toBe('aborted: left');
  });

  it('rejects at once when the signal is aborted already', async () => {
    const { journal, taken } = start(new Rest(), AbortSignal.abort('left'));
    await taken;
    expect(journal).toEqual(['aborted: left']);
  });
});
