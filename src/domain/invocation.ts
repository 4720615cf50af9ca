import { isDeepStrictEqual } from 'node:util';
import { type Fields, withTimes } from './fields.ts';
import { gistOf, gistOfSuccess } from './plugin-output.ts';
import { skippedSteps } from './skipped-steps.ts';
import { isTerminal, type Phase, phaseOf, type StatusPair } from './status.ts';

/** Where S3 has the output of a plugin, as AWS says it; what is not said is ''. */
export interface OutputLocation {
  readonly stdoutUrl: string;
  readonly stderrUrl: string;
  readonly s3Bucket: string;
  readonly s3KeyPrefix: string;
  readonly s3Region: string;
}

/** One step of the document on one instance. Times are epoch milliseconds. Texts are as AWS sent them. */
export interface Plugin extends StatusPair {
  readonly name: string;
  /** Exit code; −1 when it did not start or gave no answer. */
  readonly responseCode: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** stdout and stderr in one text of at most 2,500 bytes, as ListCommandInvocations joins them. */
  readonly output: string;
  /** Set where only the gist of the output is kept, and the rest has to be read again. */
  readonly outputIsGist?: true;
  /** Null when the command was sent without a bucket. */
  readonly outputLocation: OutputLocation | null;
  /** What else AWS gave, for people to read. */
  readonly otherFields: Fields;
}

/** A command on one instance. Times are epoch milliseconds. Texts are as AWS sent them. */
export interface Invocation extends StatusPair {
  readonly commandId: string;
  readonly instanceId: string;
  /** Host name; often empty. */
  readonly instanceName: string;
  readonly documentName: string;
  readonly comment: string;
  readonly requestedAt: number | null;
  /** When we saw it turn InProgress; null where we did not. AWS gives no such time while a plugin runs. */
  readonly runningSince: number | null;
  /** AWS no longer lists it as it is here: it is still to be read what became of it; most likely it has ended. */
  readonly endUnread: boolean;
  /** The group of CloudWatch Logs that gets the output while it is written; null when none does. */
  readonly logGroup: string | null;
  readonly plugins: readonly Plugin[];
  /** What else AWS gave, for people to read. */
  readonly otherFields: Fields;
}

/** Of an invocation, what AWS gave besides what the table shows, times with all their digits. */
export function fieldsOfInvocation({ otherFields, requestedAt }: Invocation): Fields {
  return withTimes(otherFields, { RequestedDateTime: requestedAt });
}

/** The same of a plugin. */
export function fieldsOfPlugin({ otherFields, startedAt, finishedAt }: Plugin): Fields {
  return withTimes(otherFields, { ResponseFinishDateTime: finishedAt, ResponseStartDateTime: startedAt });
}

/** A plugin of the invocation with no more than the gist of its output. */
export function withGist(plugin: Plugin, invocation: StatusPair): Plugin {
  if (plugin.outputIsGist) return plugin;
  const { output } = plugin;
  const gist = phaseOf(invocation) === 'succeeded' ? gistOfSuccess(output) : gistOf(output);
  return gist === output ? plugin : { ...plugin, output: gist, outputIsGist: true };
}

/** Identity of an invocation. AWS repeats rows across pages; this is what they are merged by. */
export function invocationKey(invocation: Pick<Invocation, 'commandId' | 'instanceId'>): string {
  return `${invocation.commandId} ${invocation.instanceId}`;
}

/**
 * What is known of an invocation after it was read again at `now` (epoch milliseconds); the same object when nothing
 * changed. Pages can show an older state, but an end stays an end; one without name or time forgets neither.
 */
export function mergeInvocation(known: Invocation, read: Invocation, now: number): Invocation {
  if (isTerminal(known) && !isTerminal(read)) return known;
  const runningSince =
    known.runningSince ?? (phaseOf(read) === 'running' && phaseOf(known) === 'waiting' ? now : null);
  // What was let go of an output is not taken up again.
  const readPlugins = read.plugins.map((plugin, index) =>
    known.plugins[index]?.outputIsGist ? withGist(plugin, read) : plugin,
  );
  const plugins = isTerminal(known) ? mergePlugins(known.plugins, readPlugins) : readPlugins;
  const instanceName = read.instanceName || known.instanceName;
  const requestedAt = read.requestedAt ?? known.requestedAt;
  const merged = { ...read, instanceName, requestedAt, plugins, runningSince };
  return isDeepStrictEqual(known, merged) ? known : merged;
}

/** What is known of an invocation of which AWS takes back that it had ended. */
export function takeEndBack(known: Invocation, read: Invocation, now: number): Invocation {
  const { status, statusDetails } = read;
  return mergeInvocation({ ...known, status, statusDetails }, read, now);
}

/** The plugins of an invocation that has ended: what is known to have ended is not undone by an older page. */
function mergePlugins(known: readonly Plugin[], read: readonly Plugin[]): readonly Plugin[] {
  const merged = known.map((plugin, index) => {
    const now = read[index];
    return now && (isTerminal(now) || !isTerminal(plugin)) && !isErased(plugin, now) ? now : plugin;
  });
  return [...merged, ...read.slice(known.length)];
}

/** Whether a newer reading of an ended plugin lacks what AWS gives of each: it is damaged, and takes nothing back. */
function isErased(known: Plugin, read: Plugin): boolean {
  const isSame =
    known.name === read.name && known.status === read.status && known.statusDetails === read.statusDetails;
  return isSame && isTerminal(known) && read.responseCode === null && read.output === '';
}

/** Whether the two differ in a status, an exit code or a time; not in output or in what is only shown. */
export function hasProgressed(before: Invocation, after: Invocation): boolean {
  return !isDeepStrictEqual(progressOf(before), progressOf(after));
}

function progressOf({ status, statusDetails, plugins }: Invocation): unknown {
  return [
    status,
    statusDetails,
    plugins.map(
      ({ output: _, outputIsGist: __, outputLocation: ___, otherFields: ____, ...progress }) => progress,
    ),
  ];
}

/**
 * The plugin that tells why: the first that failed, else the one that runs, else the last that was reached; one that was
 * skipped only where no other was reached.
 */
export function decisivePlugin(invocation: Invocation): Plugin | undefined {
  return invocation.plugins[decisivePluginIndex(invocation)];
}

/** Index of the decisive plugin; 0 where there are none. */
export function decisivePluginIndex({ plugins }: Invocation): number {
  if (plugins.length < 2) return 0;
  const inPhase = (phase: Phase) => (plugin: Plugin) => phaseOf(plugin) === phase;
  const failed = plugins.findIndex(inPhase('failed'));
  if (failed >= 0) return failed;
  const running = plugins.findIndex(inPhase('running'));
  if (running >= 0) return running;
  const skips = skippedSteps(plugins);
  const ran = plugins.findLastIndex(
    (plugin, index) => phaseOf(plugin) === 'succeeded' && skips[index] === null,
  );
  return ran >= 0 ? ran : Math.max(0, plugins.findLastIndex(inPhase('succeeded')));
}

/** The exit code to show for an invocation: its decisive plugin's, or null where nothing ran to an end. */
export function exitCodeOf(invocation: Invocation): number | null {
  const code = decisivePlugin(invocation)?.responseCode ?? null;
  return code === -1 ? null : code;
}

/** When the first plugin started, in epoch milliseconds. */
export function startedAt(invocation: Invocation): number | null {
  let first: number | null = null;
  for (const { startedAt: at } of invocation.plugins) first = earlier(first, at);
  return first;
}

/** When the last plugin finished, in epoch milliseconds; null when none has. */
export function finishedAt(invocation: Invocation): number | null {
  let last: number | null = null;
  for (const { finishedAt: at } of invocation.plugins) last = later(last, at);
  return last;
}

/** The earlier of two times, as far as they are known. */
export function earlier(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b < a) ? b : a;
}

/** The later of two times, as far as they are known. */
export function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}
