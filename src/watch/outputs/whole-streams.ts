import type { Invocation } from '../../domain/invocation.ts';
import type {
  EventPage,
  LogStreamLocation,
  ObjectLocation,
  StreamName,
} from '../../domain/output-location.ts';
import type { OutputPlace, OutputSource } from '../../domain/output-reading.ts';
import { mostEmptyPages } from '../../domain/paging.ts';
import { type PluginOutput, splitOutput } from '../../domain/plugin-output.ts';
import type { PluginStreams, SavedStream } from '../../domain/plugin-streams.ts';
import { isPassing, RemoteError, retryable } from '../../domain/problem.ts';
import { isBehindList, openFirstReadable } from './first-readable.ts';
import { type ListedPlugin, listedPlugin } from './listed-plugin.ts';
import { type OutputReaders, sharingPluginOutput } from './output-readers.ts';
import { absenceText, reasonAt } from './source-notices.ts';
import { rangeLength } from './stream-readers.ts';

/**
 * The whole of a plugin's output, from the best source that can be read, for those who keep it. What was read of it to
 * find that out comes first; the rest is read while it is taken.
 *
 * @throws Error where the best source cannot be read for now, and the signal's reason; the bytes throw RemoteError
 */
export async function readWholeStreams(
  invocation: Invocation,
  pluginIndex: number,
  readers: OutputReaders,
  signal: AbortSignal,
): Promise<PluginStreams> {
  const listed = listedPlugin(invocation, pluginIndex);
  if (!listed) throw new Error(`no plugin ${pluginIndex}`);
  const shared = sharingPluginOutput(readers);
  const [stdout, stderr] = await Promise.all(
    (['stdout', 'stderr'] as const).map((stream) => readWholeStream(listed, stream, shared, signal)),
  );
  if (!stdout || !stderr) throw new Error('a stream is missing');
  return { stdout, stderr };
}

async function readWholeStream(
  listed: ListedPlugin,
  stream: StreamName,
  readers: OutputReaders,
  signal: AbortSignal,
): Promise<SavedStream> {
  const { invocation, index, plugin } = listed;
  const { opened, notices, awaited } = await openFirstReadable(listed, stream, (place) =>
    orUnavailable(place.source, readPlace(place)),
  );
  const notes = [...notices, ...awaited.map((place) => absenceText(place, stream))];
  const note = notes.length === 0 ? null : notes.join('; ');
  if (opened) return { ...opened, note };
  if (plugin.outputIsGist) throw new Error(note ?? 'the output is not kept');
  return { source: 'ListCommandInvocations', note, ...textOf(splitOutput(plugin.output), stream) };

  async function readPlace(place: OutputPlace): Promise<Omit<SavedStream, 'note'> | null> {
    const { source } = place;
    switch (source) {
      case 'S3': {
        const object = await downloadObject(readers, place.location, signal);
        return object && { source, ...object };
      }
      case 'CloudWatch Logs': {
        const log = await downloadLogStream(readers, place.location, signal);
        return log && { source, ...log };
      }
      case 'GetCommandInvocation': {
        const output = await readers.readPluginOutput(invocation, plugin.name, signal);
        return isBehindList(output, plugin, stream) ? null : { source, ...textOf(output, stream) };
      }
      case 'ListCommandInvocations': {
        const output = await readers.readListedOutput(invocation, index, signal);
        return { source, ...textOf(output, stream) };
      }
    }
  }
}

/** What passes or can be mended soon is no reason to keep less for good: the stream fails, and can be had the next time. */
async function orUnavailable<Read>(source: OutputSource, reading: Promise<Read>): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const { problem } = error;
    if (!isPassing(problem) && problem.kind !== 'credentials') throw error;
    throw new Error(`${source} cannot be read now: ${reasonAt(source, problem)}`, { cause: error });
  }
}

async function downloadObject(
  { readObject }: OutputReaders,
  location: ObjectLocation,
  signal: AbortSignal,
): Promise<Pick<SavedStream, 'truncated' | 'bytes'> | null> {
  const first = await readObject(location, { from: 0, length: rangeLength }, signal);
  if (!first) return null;
  async function* bytes(part: { bytes: Uint8Array; total: number }): AsyncGenerator<Uint8Array> {
    let from = part.bytes.length;
    yield part.bytes;
    while (from < part.total) {
      const next = await readObject(location, { from, length: rangeLength }, signal);
      if (!next || next.bytes.length === 0 || next.total !== part.total) throw objectChanged;
      yield next.bytes;
      from += next.bytes.length;
    }
  }
  return { truncated: false, bytes: bytes(first) };
}

/** What was not uploaded yet when the last page was read is not in it. A token that comes again is the end. */
async function downloadLogStream(
  { readEvents }: OutputReaders,
  location: LogStreamLocation,
  signal: AbortSignal,
): Promise<Pick<SavedStream, 'truncated' | 'bytes'> | null> {
  const first = await readEvents(location, 'head', signal);
  if (!first) return null;
  async function* bytes(page: EventPage): AsyncGenerator<Uint8Array> {
    const tokens = new Set<string>();
    let emptyPages = 0;
    for (let next: EventPage | null = page; next; ) {
      const { messages, after } = next;
      if (messages.length > 0)
        yield encode(messages.map((message) => message.replace(/\n?$/, '\n')).join(''));
      if (tokens.has(after)) return;
      tokens.add(after);
      emptyPages = messages.length > 0 ? 0 : emptyPages + 1;
      if (emptyPages >= mostEmptyPages)
        throw new Error(`CloudWatch Logs gave ${emptyPages} empty pages in a row`);
      next = await readEvents(location, { after }, signal);
    }
  }
  return { truncated: false, bytes: bytes(first) };
}

function textOf(output: PluginOutput, stream: StreamName): Pick<SavedStream, 'truncated' | 'bytes'> {
  const truncated = stream === 'stdout' ? output.stdoutTruncated : output.stderrTruncated;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    if (output[stream] !== '') yield encode(output[stream]);
  }
  return { truncated, bytes: bytes() };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const objectChanged = new RemoteError(
  retryable('response', 'the object in S3 became another one, or went away, while it was read'),
);
