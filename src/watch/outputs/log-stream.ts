import type { EventPage, EventPlace, LogStreamLocation } from '../../domain/output-location.ts';
import type { StreamText } from '../../domain/output-reading.ts';
import { RemoteError, retryable } from '../../domain/problem.ts';
import {
  appended,
  emptyRegion,
  inParts,
  prepended,
  splitLines,
  type TextPiece,
  type TextRegion,
  withoutFirst,
  withoutLast,
} from '../../domain/text-region.ts';
import {
  type Direction,
  gone,
  mostKept,
  type ReadEvents,
  type StreamEnd,
  type StreamReader,
} from './stream-readers.ts';

/** A log stream of CloudWatch Logs, read event by event. Null when there is no such stream. */
export async function openLogStream(
  read: ReadEvents,
  location: LogStreamLocation,
  end: StreamEnd,
  signal: AbortSignal,
): Promise<StreamReader | null> {
  const page = await read(location, end === 'start' ? 'head' : 'tail', signal);
  return (
    page &&
    new LogStream((place, abort) => read(location, place, abort), {
      region: { ...emptyRegion(end === 'start'), pieces: [pieceOf(page)] },
      tokens: [page],
      atStart: end === 'start',
      atEnd: end === 'end',
      emptyPages: 0,
    })
  );
}

/** What was read of a log stream. */
interface LogState {
  readonly region: TextRegion;
  /** The tokens of the region's pages, one page a piece: those of its ends lead on. */
  readonly tokens: readonly PageTokens[];
  readonly atStart: boolean;
  readonly atEnd: boolean;
  /** Pages without an event that came in a row. */
  readonly emptyPages: number;
}

/** AWS gives some empty pages on the way; where there are more, what comes next is asked for with pauses. */
const emptyPagesWithoutPause = 20;

type ReadPlace = (place: EventPlace, signal: AbortSignal) => Promise<EventPage | null>;

class LogStream implements StreamReader {
  readonly grows = true;
  readonly #read: ReadPlace;
  readonly #state: LogState;

  constructor(read: ReadPlace, state: LogState) {
    this.#read = read;
    this.#state = state;
  }

  get text(): StreamText {
    const { region, atStart, atEnd } = this.#state;
    return {
      source: 'CloudWatch Logs',
      region,
      moreBefore: !atStart,
      moreAfter: !atEnd,
      total: null,
      skipped: null,
      truncated: false,
    };
  }

  read(direction: Direction, signal: AbortSignal): Promise<StreamReader> {
    return direction === 'after' ? this.#readAfter(signal) : this.#readBefore(signal);
  }

  async #readAfter(signal: AbortSignal): Promise<StreamReader> {
    const { region, tokens, atStart, emptyPages } = this.#state;
    const last = tokens.at(-1);
    const token = last?.after ?? '';
    const page = await this.#read({ after: token }, signal);
    if (!page) throw gone('the log stream');
    if (page.after !== token && tokens.slice(0, -1).some(({ after }) => after === page.after)) throw circle();
    const atEnd =
      page.after === token || (page.messages.length === 0 && emptyPages >= emptyPagesWithoutPause);
    if (page.messages.length === 0) {
      const led = { before: last?.before ?? '', after: page.after };
      return this.#with({ tokens: tokens.with(-1, led), atEnd, emptyPages: emptyPages + 1 });
    }
    const longer = withoutFirst(appended(region, pieceOf(page)), mostKept);
    return this.#with({
      region: longer,
      atStart: atStart && longer.pieces.length > tokens.length,
      atEnd,
      tokens: [...tokens, page].slice(-longer.pieces.length),
      emptyPages: 0,
    });
  }

  async #readBefore(signal: AbortSignal): Promise<StreamReader> {
    const { region, tokens, atEnd, emptyPages } = this.#state;
    const [first] = tokens;
    const token = first?.before ?? '';
    const page = await this.#read({ before: token }, signal);
    if (!page) throw gone('the log stream');
    if (page.before !== token && tokens.slice(1).some(({ before }) => before === page.before)) throw circle();
    const atStart = page.before === token;
    if (page.messages.length === 0) {
      if (emptyPages >= emptyPagesWithoutPause) throw circle();
      const led = { before: page.before, after: first?.after ?? '' };
      return this.#with({
        tokens: tokens.with(0, led),
        region: prepended(region, nothing, atStart),
        atStart,
        emptyPages: emptyPages + 1,
      });
    }
    const longer = withoutLast(prepended(region, pieceOf(page), atStart), mostKept);
    return this.#with({
      region: longer,
      atStart,
      atEnd: atEnd && longer.pieces.length > tokens.length,
      tokens: [page, ...tokens].slice(0, longer.pieces.length),
      emptyPages: 0,
    });
  }

  #with(change: Partial<LogState>): LogStream {
    return new LogStream(this.#read, { ...this.#state, ...change });
  }
}

/** Pages that lead nowhere. */
function circle(): RemoteError {
  return new RemoteError(retryable('response', 'GetLogEvents: the pages of the log stream lead nowhere'));
}

type PageTokens = Pick<EventPage, 'before' | 'after'>;

const nothing: TextPiece = { lines: [], size: 0 };

/** An event has all lines of an upload of the agent. */
function pieceOf({ messages }: EventPage): TextPiece {
  const lines = messages.flatMap((message) => (message === '' ? [''] : splitLines(message)));
  return { ...inParts(lines), size: lines.reduce((sum, line) => sum + line.length + 1, 0) };
}
