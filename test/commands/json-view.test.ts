import { describe, expect, it } from 'vitest';
import { openJsonView } from '../../src/commands/json-view.ts';
import { concludeInterrupted, concludeWithout } from '../../src/domain/conclusion.ts';
import { everything } from '../../src/domain/rows.ts';
import { command, commandId, instanceId, invocation } from '../helpers/fixtures.ts';
import { captureStdout, handled, viewParts } from './view-parts.ts';

const stdout = captureStdout();
const figures = { commandId, durationMs: 61_500, apiCalls: 7, failures: [] };
const events = () => stdout.lines().map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the json view', () => {
  it('writes a line for each event as it happens, and the end', async () => {
    const { parts, store, time } = viewParts();
    const view = openJsonView(parts, () => 'eu-west-1');
    store.commandRead(command({ status: 'InProgress' }));
    await handled();
    expect(events()).toMatchObject([{ event: 'command', region: 'eu-west-1', status: 'InProgress' }]);
    time.now = 1_500;
    store.pageRead([invocation({ status: 'Pending' })]);
    store.pageRead([invocation()]);
    store.problemMet('sweep', { kind: 'throttled', message: 'slow down', needsAction: false }, 4_000);
    store.problemOver('sweep');
    await view.close(concludeInterrupted(143, { Success: 1 }), figures);
    expect(events().slice(1)).toMatchObject([
      { event: 'invocation', at: '2026-09-27T00:39:04.500Z', instanceId, previousStatusDetails: null },
      { event: 'invocation', instanceId, statusDetails: 'Success', previousStatusDetails: 'Pending' },
      { event: 'problem', kind: 'throttled', retryInSeconds: 4 },
      { event: 'recovered', afterSeconds: 0 },
      { event: 'end', commandId, outcome: 'interrupted', exitCode: 143, counts: { Success: 1 }, apiCalls: 7 },
    ]);
  });

  it('ends with `end` also where nothing was ever read', async () => {
    const { parts } = viewParts();
    const refused = concludeWithout('refused', {}, 'no region');
    await openJsonView(parts, () => null).close(refused, figures);
    expect(events()).toMatchObject([{ event: 'end', outcome: 'refused', exitCode: 3, counts: {} }]);
  });

  it('leaves out the invocations that the filter does, and nothing else', async () => {
    const { parts, store } = viewParts({ ...everything, failuresOnly: true });
    const view = openJsonView(parts, () => 'eu-west-1');
    store.commandRead(command());
    store.pageRead([invocation(), invocation({ instanceId: 'i-00000002', status: 'Failed' })]);
    await view.close(concludeInterrupted(130, { Success: 1, Failed: 1 }), figures);
    expect(events()).toMatchObject([
      { event: 'command' },
      { event: 'invocation', instanceId: 'i-00000002' },
      { event: 'end', counts: { Success: 1, Failed: 1 } },
    ]);
  });
});
