import { textOf } from '../../../src/domain/text-region.ts';
import type { StreamReader } from '../../../src/watch/outputs/stream-readers.ts';

/** The lines that a reader has now. */
export const textLines = (reader: StreamReader) => textOf(reader.text.region).split('\n');

/** What was opened, where there is something. */
export const opened = async (reader: Promise<StreamReader | null>): Promise<StreamReader> => {
  const stream = await reader;
  if (!stream) throw new Error('there is nothing');
  return stream;
};
