import type { StreamName } from '../../domain/output-location.ts';
import { listedReading, type OutputPlace, wholeText } from '../../domain/output-reading.ts';
import type { PluginOutput } from '../../domain/plugin-output.ts';
import { isBehindList, openFirstReadable } from './first-readable.ts';
import type { ListedPlugin } from './listed-plugin.ts';
import { openLogStream } from './log-stream.ts';
import { openObject } from './object-stream.ts';
import type { OutputReaders } from './output-readers.ts';
import { fixedStream, type StreamEnd, type StreamReader } from './stream-readers.ts';

/** A stream from the best source that could be read. */
export interface BestStream {
  readonly reader: StreamReader;
  /** False where no source could be opened: the reader then has what is kept of the list. */
  readonly isOpened: boolean;
  /** One line for each better source that could not be read. */
  readonly notices: readonly string[];
  /** The better sources that have nothing yet, and may have it later. */
  readonly awaited: readonly OutputPlace[];
}

/**
 * Opens the best source of a stream that can be read; what is kept of the list is the last of them. `known` is what was
 * opened before, when a better one was awaited: it goes on where none has come.
 *
 * @throws the signal's reason; a source that cannot be read is a notice
 */
export async function openBestStream(
  listed: ListedPlugin,
  stream: StreamName,
  end: StreamEnd,
  known: StreamReader | null,
  readers: OutputReaders,
  signal: AbortSignal,
): Promise<BestStream> {
  const { invocation, index, plugin } = listed;
  const { opened, notices, awaited } = await openFirstReadable(listed, stream, openPlace);
  const isOpened = opened !== null;
  const reader = opened ?? fixedStream(listedReading(plugin)[stream]);
  return { reader, isOpened, notices, awaited };

  async function openPlace(place: OutputPlace): Promise<StreamReader | null> {
    if (known?.text.source === place.source) return known;
    switch (place.source) {
      case 'S3':
        return openObject(readers.readObject, place.location, end, signal);
      case 'CloudWatch Logs':
        return openLogStream(readers.readEvents, place.location, end, signal);
      case 'GetCommandInvocation': {
        const output = await readers.readPluginOutput(invocation, plugin.name, signal);
        return isBehindList(output, plugin, stream) ? null : streamOf(place, output);
      }
      case 'ListCommandInvocations':
        return streamOf(place, await readers.readListedOutput(invocation, index, signal));
    }
  }

  function streamOf({ source }: OutputPlace, output: PluginOutput): StreamReader {
    const isCut = stream === 'stdout' ? output.stdoutTruncated : output.stderrTruncated;
    return fixedStream(wholeText(source, output[stream], isCut));
  }
}
