import { pointedRow } from './list/map-state.ts';
import { listTop, type ScreenState } from './state.ts';
import type { ViewModel } from './view-model.ts';

/** IDs of the instances that somebody looks at: the visible rows, the one that is open, or the one under the cursor. */
export function instancesInSight(state: ScreenState, view: ViewModel): string[] {
  const { opened, invocations, listHeight } = view;
  if (opened) return [opened.instanceId];
  const top = state.mode.kind === 'list' ? listTop(state, view) : pointedRow(state, view);
  const visible = state.mode.kind === 'list' ? listHeight : 1;
  return invocations.slice(Math.max(0, top), Math.max(0, top) + visible).map(({ instanceId }) => instanceId);
}
