import type { StreamName } from '../../domain/output-location.ts';
import type { OutputReading } from '../../domain/output-reading.ts';
import { sizeOf } from '../../domain/text-region.ts';
import { type Direction, mostReadAhead } from '../../watch/outputs/stream-readers.ts';
import type { OutputTop, OutputView } from './output-view.ts';

/** A stream to read on in. */
export interface WantedText {
  readonly stream: StreamName;
  readonly direction: Direction;
}

/** Pages around the visible one for which the lines are to be there. */
const pagesAhead = 3;

/**
 * What of the streams is to be read so that the next pages are there when one gets to them, and, while one searches, so
 * that as much is searched as is kept.
 */
export function wantedTexts(
  output: OutputView,
  top: OutputTop,
  reading: OutputReading,
  searching: boolean,
): WantedText[] {
  const margin = pagesAhead * Math.max(1, output.height);
  const first = output.firstLine(top);
  const last = first + output.height;
  return (['stdout', 'stderr'] as const).flatMap((stream) => {
    const { start, end } = output.document.rangeOf(stream);
    const { region, moreBefore, moreAfter } = reading[stream];
    const isNearEnd = last >= end - margin && first <= end;
    const isNearStart = first <= start + margin && last >= start;
    const isSearched = searching && sizeOf(region) < mostReadAhead;
    return [
      ...(moreAfter && (isNearEnd || isSearched) ? [{ stream, direction: 'after' } as const] : []),
      ...(moreBefore && (isNearStart || (isSearched && !moreAfter))
        ? [{ stream, direction: 'before' } as const]
        : []),
    ];
  });
}

/** The stream in which reading on in a direction brings what comes next in it; null where all is read. */
export function unreadStream(reading: OutputReading | null, direction: Direction): StreamName | null {
  if (reading === null) return null;
  const { stdout, stderr } = reading;
  if (direction === 'after') return stdout.moreAfter ? 'stdout' : stderr.moreAfter ? 'stderr' : null;
  return stderr.moreBefore ? 'stderr' : stdout.moreBefore ? 'stdout' : null;
}
