import type { Invocation, Plugin } from '../../domain/invocation.ts';
import type { StreamName } from '../../domain/output-location.ts';
import {
  listedReading,
  type OutputPlace,
  type OutputSource,
  placesOf,
  wholeText,
} from '../../domain/output-reading.ts';
import { type PluginOutput, splitOutput } from '../../domain/plugin-output.ts';
import { type Problem, RemoteError } from '../../domain/problem.ts';
import { isTerminal } from '../../domain/status.ts';
import { openLogStream } from './log-stream.ts';
import { openObject } from './object-stream.ts';
import {
  fixedStream,
  type ReadEvents,
  type ReadObject,
  type StreamEnd,
  type StreamReader,
} from './stream-readers.ts';

/** Reads what GetCommandInvocation gives of a plugin. @throws RemoteError, or the signal's reason */
type ReadPluginOutput = (
  invocation: Invocation,
  plugin: string,
  signal: AbortSignal,
) => Promise<PluginOutput>;

/** Reads again what the list gives of a plugin of an invocation. @throws RemoteError, or the signal's reason */
type ReadListedOutput = (
  invocation: Invocation,
  plugin: Plugin,
  signal: AbortSignal,
) => Promise<PluginOutput>;

/** How the sources of output are read. */
export interface OutputReaders {
  readonly readObject: ReadObject;
  readonly readEvents: ReadEvents;
  readonly readPluginOutput: ReadPluginOutput;
  readonly readListedOutput: ReadListedOutput;
}

/** Readers for the two streams of one plugin, which share the answers that have both. */
export function sharingPluginOutput(readers: OutputReaders): OutputReaders {
  let asked: Promise<PluginOutput> | null = null;
  let listed: Promise<PluginOutput> | null = null;
  return {
    ...readers,
    readPluginOutput: (...query) => {
      asked ??= readers.readPluginOutput(...query);
      return asked;
    },
    readListedOutput: (...query) => {
      listed ??= readers.readListedOutput(...query);
      return listed;
    },
  };
}

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

/** The first place of a stream that can be opened, and what there is to say of those before it. */
export interface FirstReadable<Opened> {
  /** Null where only what is kept of the list is left. */
  readonly opened: Opened | null;
  /** One line for each place that could not be read. */
  readonly notices: readonly string[];
  /** The places that have nothing yet, and may have it later. */
  readonly awaited: readonly OutputPlace[];
}

/** Opens the best place of a stream that can be read. `open` gives null where there is nothing. */
export async function openFirstReadable<Opened>(
  invocation: Invocation,
  plugin: Plugin,
  stream: StreamName,
  open: (place: OutputPlace) => Promise<Opened | null>,
): Promise<FirstReadable<Opened>> {
  // Of an ended step without a word on this stream nobody has uploaded anything.
  const isSilent = isTerminal(plugin) && splitOutput(plugin.output)[stream] === '';
  const notices: string[] = [];
  const awaited: OutputPlace[] = [];
  for (const place of placesOf(invocation, plugin, stream)) {
    try {
      const opened = await open(place);
      if (opened !== null) return { opened, notices, awaited };
      if (!isSilent) awaited.push(place);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      // Who may not list a bucket is told of an object that is not there that it is denied.
      const isAbsence = isSilent && place.source === 'S3' && error.problem.kind === 'access-denied';
      if (!isAbsence)
        notices.push(`${place.source} could not be read: ${reasonAt(place.source, error.problem)}`);
    }
  }
  return { opened: null, notices, awaited };
}

/**
 * Opens the best source of a stream that can be read; what is kept of the list is the last of them. `known` is what was
 * opened before, when a better one was awaited: it goes on where none has come.
 */
export async function openBestStream(
  invocation: Invocation,
  plugin: Plugin,
  stream: StreamName,
  end: StreamEnd,
  known: StreamReader | null,
  readers: OutputReaders,
  signal: AbortSignal,
): Promise<BestStream> {
  const { opened, notices, awaited } = await openFirstReadable(invocation, plugin, stream, openPlace);
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
        return streamOf(place, await readers.readListedOutput(invocation, plugin, signal));
    }
  }

  function streamOf({ source }: OutputPlace, output: PluginOutput): StreamReader {
    const isCut = stream === 'stdout' ? output.stdoutTruncated : output.stderrTruncated;
    return fixedStream(wholeText(source, output[stream], isCut));
  }
}

/** Whether an output has nothing of what the list has: GetCommandInvocation gives none of a step before its end. */
export function isBehindList(output: PluginOutput, plugin: Plugin, stream: StreamName): boolean {
  return output[stream] === '' && splitOutput(plugin.output)[stream] !== '';
}

/** Why a source cannot be read, for a line that begins with its name: some are calls, and their problems do so, too. */
export function reasonAt(source: OutputSource, { message }: Problem): string {
  const name = `${source}: `;
  return message.startsWith(name) ? message.slice(name.length) : message;
}

/** One line on a source that has nothing yet. */
export function absenceText(place: OutputPlace, stream: StreamName): string {
  switch (place.source) {
    case 'S3':
      return `S3 has no object of ${stream} yet: ${place.location.bucket}/${place.location.key}`;
    case 'CloudWatch Logs':
      return `CloudWatch Logs has nothing of ${stream} yet; the agent uploads every 30 s`;
    default:
      return `${place.source} has nothing of ${stream} yet`;
  }
}
