import { RemoteError } from '../../domain/problem.ts';
import type { TextPiece } from '../../domain/text-region.ts';
import type { OutputStore } from '../../watch/outputs/output-store.ts';
import type { Direction } from '../../watch/outputs/stream-readers.ts';
import { pieceMatches } from './output-document.ts';

/** How a search came to its end: `found` is read by then; `ended`: a key stopped it. */
export type SearchEnd =
  | { readonly kind: 'found' }
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'ended' };

/** Searches what has not been read yet, until something is found, or a key ends it. */
export class OutputSearch {
  readonly #outputs: OutputStore;
  #underWay: AbortController | null = null;

  constructor(outputs: OutputStore) {
    this.#outputs = outputs;
  }

  /** Reads on in one direction until a piece matches; ends the search that was under way. */
  async start(text: string, direction: Direction): Promise<SearchEnd> {
    this.end();
    const search = new AbortController();
    this.#underWay = search;
    const { signal } = search;
    const streams = direction === 'after' ? (['stdout', 'stderr'] as const) : (['stderr', 'stdout'] as const);
    try {
      for (const stream of streams) {
        const isMatch = (piece: TextPiece) => pieceMatches(piece, text);
        if (await this.#outputs.search(stream, direction, isMatch, signal)) return { kind: 'found' };
      }
      return { kind: 'nothing', message: 'no more match in that direction' };
    } catch (error) {
      if (signal.aborted) return { kind: 'ended' };
      if (!(error instanceof RemoteError)) throw error;
      return { kind: 'nothing', message: `searched no further: ${error.problem.message}` };
    }
  }

  /** Ends the search under way, if any. */
  end(): void {
    this.#underWay?.abort();
    this.#underWay = null;
  }
}
