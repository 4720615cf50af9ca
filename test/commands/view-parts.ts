import { afterEach, beforeEach, vi } from 'vitest';
import { charactersIn } from '../../src/commands/characters.ts';
import type { ViewParts } from '../../src/commands/view.ts';
import { everything, type RowFilter } from '../../src/domain/rows.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { commandId, requestedAt } from '../helpers/fixtures.ts';

/** What is written to stdout while each test of the file runs. */
export function captureStdout(): {
  readonly text: () => string;
  readonly lines: () => string[];
  /** Piece by piece, as it went out. */
  readonly writes: () => readonly string[];
} {
  let written: string[] = [];
  beforeEach(() => {
    written = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const text = () => written.join('');
  return { text, lines: () => text().split('\n').slice(0, -1), writes: () => written };
}

/** Resolves when what is being handled is done with: what was written by then has gone out. */
export async function handled(): Promise<void> {}

/** A store and the rest of what a view is made of, on a clock that the test sets. */
export function viewParts(shown: RowFilter = everything) {
  const time = { now: 0 };
  const clocks = { monotonic: () => time.now, awsTime: () => requestedAt + time.now };
  const store = new RolloutStore(clocks);
  const parts: ViewParts = { commandId, store, clocks, shown, colours: false, characters: charactersIn({}) };
  return { parts, store, time };
}
