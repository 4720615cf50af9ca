import type { Snapshot } from '../watch/snapshot.ts';

/** How soon a change of what is known is to be seen. What neither is true of is told with the ages, once a second. */
export interface FramePace<Known> {
  /** Whether a change is to be seen at once. */
  readonly asksForFrame: (before: Known, after: Known) => boolean;
  /** Whether it brings rows, which are drawn together with those that come soon after. */
  readonly bringsRows: (before: Known, after: Known) => boolean;
}

/** That the same was read once more, or is being read, can wait. */
export const rolloutPace: FramePace<Snapshot> = {
  asksForFrame: (before, after) =>
    !isPolling(before) ||
    !isPolling(after) ||
    (['command', 'problems', 'verdict', 'instanceId'] as const).some((name) => before[name] !== after[name]),
  bringsRows: (before, after) =>
    (['rows', 'errors', 'circumstances'] as const).some((name) => before[name] !== after[name]),
};

/** For what changes seldom, and is read for the one who looks. */
export const everyChange: FramePace<unknown> = { asksForFrame: () => true, bringsRows: () => false };

function isPolling({ activity: { kind } }: Snapshot): boolean {
  return kind === 'reading' || kind === 'waiting';
}
