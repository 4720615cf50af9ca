import { type Invocation, withGist } from '../domain/invocation.ts';
import { phaseOf } from '../domain/status.ts';

/** Characters of output that rows may keep, of those that succeeded and of all others. */
const mostKept = 8 * 1024 * 1024;

/**
 * Bounds what all rows together keep of their outputs: when there is no room for one, its gist is kept in its place. The
 * outputs of what succeeded never take the room of those that one looks for.
 */
export class KeptOutputs {
  readonly #most: number;
  readonly #kept = { succeeded: 0, other: 0 };

  constructor(most: number = mostKept) {
    this.#most = most;
  }

  /** The row as it is to be kept in the place of what was `known` of it; the same object where there is room for it. */
  keep(row: Invocation, known: Invocation | undefined): Invocation {
    if (known) this.#kept[shareOf(known)] -= sizeOf(known);
    const share = shareOf(row);
    const hasRoom = this.#kept[share] + sizeOf(row) <= this.#most;
    const kept = hasRoom ? row : { ...row, plugins: row.plugins.map((plugin) => withGist(plugin, row)) };
    this.#kept[share] += sizeOf(kept);
    return kept;
  }
}

function shareOf(row: Invocation): 'succeeded' | 'other' {
  return phaseOf(row) === 'succeeded' ? 'succeeded' : 'other';
}

/** Characters of the outputs that are kept whole. A gist is as small as the rest of a row. */
function sizeOf({ plugins }: Invocation): number {
  return plugins.reduce((size, { output, outputIsGist }) => size + (outputIsGist ? 0 : output.length), 0);
}
