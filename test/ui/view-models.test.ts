import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { keymap } from '../../src/ui/keys/keymap.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { initialState, type ScreenEvent } from '../../src/ui/state.ts';
import { ViewModels } from '../../src/ui/view-model.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { afterActions, FakeServices, snapshot } from '../helpers/ui-fixtures.ts';

const rows = [
  invocation({ instanceId: 'i-1', instanceName: 'db-eu-01' }),
  invocation({ instanceId: 'i-2', status: 'Failed', plugins: [plugin({ output: 'no' }), plugin()] }),
  invocation({ instanceId: 'i-3', status: 'InProgress' }),
];
const problems: Snapshot['problems'] = [
  {
    source: 'sweep',
    problem: { kind: 'network', message: 'gone', needsAction: false },
    since: 0,
    retryAt: null,
  },
];
const size = { columns: 80, rows: 24 };

const anyChange = fc.oneof(
  fc.record({ text: fc.constantFrom('', 'o', 'db') }),
  fc.record({ action: fc.constantFrom(...keymap.map(({ action }) => action)) }),
  fc.record({ snapshot: fc.constantFrom(snapshot({ rows }), snapshot({ rows: rows.slice(1), problems })) }),
  fc.record({ size: fc.constantFrom(size, { columns: 81, rows: 24 }, { columns: 80, rows: 9 }) }),
);

it('are what they would be if each were derived for the first time', () =>
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 30 }), (changes) => {
      const services = new FakeServices();
      const views = new ViewModels(services);
      let now = { snapshot: snapshot({ rows }), state: initialState(), size };
      for (const change of changes) {
        const drawn = views.view(now.snapshot, now.state, now.size);
        const after = (event: ScreenEvent) => ({ ...now, state: reduce(now.state, event) });
        if ('text' in change) now = after({ type: 'edit', text: change.text });
        else if ('action' in change) now = after({ type: 'action', action: change.action, drawn });
        else now = { ...now, ...change };
        const first = new ViewModels(services).view(now.snapshot, now.state, now.size);
        expect(views.view(now.snapshot, now.state, now.size)).toEqual(first);
      }
    }),
    { numRuns: 50 },
  ));

it('are one and the same after every key that only moves the cursor or tells something', () => {
  const views = new ViewModels(new FakeServices());
  const known = snapshot({ rows });
  const state = initialState();
  const moved = afterActions(['lineDown', 'lineDown', 'lineUp'], { state });
  const told = reduce(moved, { type: 'notice', notice: 'copied' });
  expect(views.view(known, told, size)).toBe(views.view(known, state, size));
});
