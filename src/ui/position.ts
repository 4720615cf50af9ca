import { countOf, formatCount } from '../domain/format.ts';
import { paneTop, type ScreenState } from './state.ts';
import type { ViewModel } from './view-model.ts';

/** Where one is, for the corner of the screen: what is shown of how many rows, or which lines, and matches. */
export function positionText(state: ScreenState, view: ViewModel, rows: number): string {
  if (state.mode.kind === 'groups') {
    return [countOf(view.groups.length, 'cause'), limitsText(state)].filter((part) => part !== '').join(': ');
  }
  if (state.mode.kind === 'list') {
    if (state.prompt) return `${formatCount(view.invocations.length)} of ${formatCount(rows)} shown`;
    const limits = limitsText(state);
    return limits === ''
      ? ''
      : `${formatCount(view.invocations.length)} of ${formatCount(rows)} shown: ${limits}`;
  }
  const top = paneTop(state, view);
  const last = Math.min(view.paneLines, top + view.paneHeight);
  const matches = state.search === '' || state.mode.kind === 'help' ? [] : [matchesText(view.found.length)];
  const modes =
    state.mode.kind === 'detail'
      ? [...(state.wrap ? ['wrap'] : []), ...(state.follow ? ['follow'] : [])]
      : [];
  return [...matches, ...modes, `${Math.min(top + 1, last)}–${last} of ${view.paneLines}`].join('  ');
}

function limitsText({ filter }: ScreenState): string {
  return [
    ...(filter.text === '' ? [] : [`/${filter.text}`]),
    ...(filter.failuresOnly ? ['failures'] : []),
    ...(filter.group === null ? [] : ['one cause']),
    ...(filter.statuses.length === 0 ? [] : [filter.statuses.join(',')]),
  ].join(' ');
}

function matchesText(count: number): string {
  return count === 0 ? 'no match' : `${formatCount(count)} ${count === 1 ? 'line matches' : 'lines match'}`;
}
