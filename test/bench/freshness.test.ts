import { expect, test } from 'vitest';
import { startRollout } from '../../src/simulator/model/rollout.ts';
import { invocation } from '../helpers/fixtures.ts';
import { many, planOf, sentAt } from '../simulator/fixtures.ts';
import { Freshness } from './freshness.ts';

/** One instance that ends well; what of it changes when, as the model has it. */
const rollout = startRollout(planOf(many(1, 20)));
const changes = changesOf(sentAt, rollout.endsAt);

test('what is looked at right after a change has been stale for no time', () => {
  expect(staleness(changes.map((at) => [at, listedAt(at)]))).toBe(0);
});

test('a change is stale from when it is listed until it is shown', () => {
  const [first = 0] = changes;
  const last = changes.at(-1) ?? 0;
  expect(staleness([lookAt(first), [last + 7_000, listedAt(last)]])).toBe(7_000);
});

test('what is never shown grows staler', () => {
  const last = changes.at(-1) ?? 0;
  const before = listedAt(last - 1);
  expect(
    staleness([...changes.slice(0, -1).map(lookAt), [last + 5_000, before], [last + 60_000, before]]),
  ).toBe(60_000);
});

function lookAt(at: number): [number, string | undefined] {
  return [at, listedAt(at)];
}

/** Looks at these times, when the row was shown with this StatusDetails. */
function staleness(looks: readonly (readonly [number, string | undefined])[]): number {
  let shown: string | undefined;
  const { id } = rollout.plan.instances[0] ?? { id: '' };
  const freshness = new Freshness(rollout, () =>
    shown === undefined ? [] : [invocation({ instanceId: id, status: shown, statusDetails: shown })],
  );
  for (const [at, details] of looks) {
    shown = details;
    freshness.look(at);
  }
  return freshness.longestStale;
}

function listedAt(at: number): string | undefined {
  return rollout.invocationAt(0, at)?.statusDetails;
}

function changesOf(from: number, to: number): number[] {
  const times = [];
  for (let at = from; at <= to; at++) if (listedAt(at) !== listedAt(at - 1)) times.push(at);
  return times;
}
