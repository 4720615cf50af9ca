import type { OutputSource } from './output-reading.ts';

/** One stream of a plugin's output as it came, piece by piece. */
export interface SavedStream {
  readonly source: OutputSource;
  /** AWS had cut it. */
  readonly truncated: boolean;
  /** One line that says why it is not had from a better source; null where there is nothing to say. */
  readonly note: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The output of one plugin, as it can be saved. */
export interface PluginStreams {
  readonly stdout: SavedStream;
  readonly stderr: SavedStream;
}
