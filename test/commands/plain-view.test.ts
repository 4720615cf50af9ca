import { describe, expect, it } from 'vitest';
import { openPlainView } from '../../src/commands/plain-view.ts';
import { concludeVerdict, concludeWithout } from '../../src/domain/conclusion.ts';
import { command, commandId, instanceId, invocation } from '../helpers/fixtures.ts';
import { captureStdout, handled, viewParts } from './view-parts.ts';

const stdout = captureStdout();
const figures = { commandId, durationMs: 61_500, apiCalls: 7, failures: [] };

describe('the plain view', () => {
  it('prints a line for each change as it happens', async () => {
    const { parts, store } = viewParts();
    openPlainView(parts);
    store.pageRead([invocation({ status: 'Pending' })]);
    await handled();
    expect(stdout.lines()).toHaveLength(1);
    store.pageRead([invocation({ status: 'Pending' })]);
    await handled();
    expect(stdout.lines()).toHaveLength(1);
    store.pageRead([invocation({ status: 'Failed' })]);
    await handled();
    expect(stdout.lines()).toHaveLength(2);
    expect(stdout.lines()[1]).toMatch(new RegExp(`${instanceId}.*Pending.*Failed`));
  });

  it('prints how far it is where nothing was printed for 30 s, and not before', async () => {
    const { parts, store, time } = viewParts();
    openPlainView(parts);
    const row = invocation({ status: 'InProgress' });
    store.pageRead([row]);
    await handled();
    const before = stdout.lines().length;
    time.now = 29_999;
    store.pageRead([row]);
    await handled();
    expect(stdout.lines()).toHaveLength(before);
    time.now = 30_000;
    store.pageRead([row]);
    await handled();
    expect(stdout.lines()).toHaveLength(before + 1);
    store.pageRead([row]);
    await handled();
    expect(stdout.lines()).toHaveLength(before + 1);
    time.now = 60_000;
    store.pageRead([row]);
    await handled();
    expect(stdout.lines()).toHaveLength(before + 2);
  });

  it('prints nothing of how far it is while there is no row', async () => {
    const { parts, store, time } = viewParts();
    openPlainView(parts);
    time.now = 60_000;
    store.pageRead([]);
    await handled();
    expect(stdout.text()).toBe('');
  });

  it('ends with the summary, after an empty line', async () => {
    const { parts, store } = viewParts();
    const view = openPlainView(parts);
    store.commandRead(command({ status: 'Failed' }));
    store.pageRead([invocation({ status: 'Failed' })]);
    await handled();
    const verdict = { outcome: 'failure', counts: { Failed: 1 }, commandStatus: 'Failed' } as const;
    const before = stdout.lines().length;
    await view.close(concludeVerdict(verdict), figures);
    const summary = stdout.lines().slice(before);
    expect(summary[0]).toBe('');
    expect(summary.join('\n')).toContain(instanceId);
    expect(summary.length).toBeGreaterThan(3);
  });

  it('has no summary of a watch that was refused: stderr says why', async () => {
    const { parts } = viewParts();
    await openPlainView(parts).close(concludeWithout('refused', {}, 'no region'), figures);
    expect(stdout.text()).toBe('');
  });
});
