import prettyBytes from 'pretty-bytes';
import { countOf, formatCount } from '../domain/format.ts';
import type { StreamText } from '../domain/output-reading.ts';
import { lineCount, sizeOf } from '../domain/text-region.ts';
import type { OutputTop } from './detail/output-view.ts';
import { outputTop, paneTop, type ScreenState } from './state.ts';
import type { ViewModel } from './view-model.ts';

/** Where one is, for the corner of the screen: what is shown of how many rows, or which lines, and matches. */
export function positionText(state: ScreenState, view: ViewModel, rows: number): string {
  if (state.mode.kind === 'groups') {
    return [countOf(view.groupKeys.length, 'cause'), limitsText(state)]
      .filter((part) => part !== '')
      .join(': ');
  }
  if (state.mode.kind === 'list' || state.mode.kind === 'map') return shownText(state, view, rows);
  if (state.mode.kind !== 'detail') {
    const top = paneTop(state, view);
    const last = Math.min(view.paneLineCount, top + view.paneHeight);
    return `${Math.min(top + 1, last)}–${last} of ${view.paneLineCount}`;
  }
  return [
    ...(view.reading?.busy ? ['reading more'] : []),
    ...(state.search === '' ? [] : [matchesText(view)]),
    ...(state.wrap ? ['wrap'] : []),
    ...(state.follow ? ['follow'] : []),
    linesText(outputTop(state), view),
  ].join('  ');
}

/** Which lines are visible, of how many; of a stream that is not read whole, which of its lines is on top. */
function linesText(top: OutputTop, { output, reading }: ViewModel): string {
  const { document } = output;
  const first = output.firstLine(top);
  const last = output.rows(top).at(-1)?.line ?? first - 1;
  const texts = reading ? [reading.stdout, reading.stderr] : [];
  if (!texts.some(({ moreBefore, moreAfter }) => moreBefore || moreAfter)) {
    return `${Math.min(first + 1, last + 1)}–${last + 1} of ${formatCount(document.length)}`;
  }
  const visible = Array.from({ length: last - first + 1 }, (_, index) => document.placeOf(first + index));
  const place = visible.find((other) => other?.block === 'stdout' || other?.block === 'stderr');
  const text = place?.block === 'stdout' ? reading?.stdout : reading?.stderr;
  return place && text ? `${streamPosition(place.id, text)} of ${place.block}` : '';
}

/** Which line of a stream; how far it is where its beginning was not read, so that its lines cannot be counted. */
function streamPosition(id: number, { region, total, skipped }: StreamText): string {
  if (region.zeroId !== null) return `line ${formatCount(id - region.zeroId + 1)}`;
  if (total === null || skipped === null) return 'the end';
  const passed = skipped + (sizeOf(region) * (id - region.firstId)) / Math.max(1, lineCount(region));
  return `${Math.round((passed / total) * 100)}%`;
}

/** How many rows are shown, where that is not all. */
function shownText(state: ScreenState, { invocations }: ViewModel, rows: number): string {
  const shown = `${formatCount(invocations.length)} of ${formatCount(rows)} shown`;
  if (state.prompt) return shown;
  const limits = limitsText(state);
  return limits === '' ? '' : `${shown}: ${limits}`;
}

function limitsText({ filter }: ScreenState): string {
  return [
    ...(filter.text === '' ? [] : [`/${filter.text}`]),
    ...(filter.failuresOnly ? ['failures'] : []),
    ...(filter.group === null ? [] : ['one cause']),
    ...(filter.statuses.length === 0 ? [] : [filter.statuses.join(',')]),
  ].join(' ');
}

/** How many matches there are, and in how much of the output where not all of it is read. */
function matchesText({ output, reading }: ViewModel): string {
  const { count } = output.matches;
  const found = count === 0 ? 'no match' : `${formatCount(count)} ${count === 1 ? 'match' : 'matches'}`;
  const part = [reading?.stdout, reading?.stderr].find((text) => text?.moreBefore || text?.moreAfter);
  return part ? `${found} in ${prettyBytes(sizeOf(part.region))}` : found;
}
