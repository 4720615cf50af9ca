import type { Conclusion } from '../../domain/conclusion.ts';
import type { EndFigures } from '../json.ts';
import type { DebugEntry } from './debug-lines.ts';
import { rounded } from './members.ts';
import { redact, redactedOrNull } from './redact.ts';

/** Variables that change what the terminal shows. */
const terminalVariables = ['TERM', 'COLORTERM', 'TERM_PROGRAM', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'] as const;
/** Variables of which it matters only whether they are set. */
const otherVariables =
  /^(AWS_\w+|NO_COLOR|FORCE_COLOR|CI|TMUX|STY|SSH_TTY|INK_SCREEN_READER|NODE_OPTIONS|\w+_PROXY)$/i;
/** Options whose values say nothing about anybody. */
const tellingOptions = [
  'region',
  'interval',
  'timeout',
  'output',
  'instanceId',
  'status',
  'failures',
  'pageSize',
  'once',
  'exit',
  'color',
] as const;
type TellingOption = (typeof tellingOptions)[number];

/** Of the terminal; null where there is none. */
export interface TerminalSize {
  readonly columns: number | null;
  readonly rows: number | null;
}

/** What runs, and where. */
export interface RunEnvironment {
  /** Versions and the like, none of which says anything about anybody. */
  readonly program: Readonly<Record<string, string | number>>;
  readonly output: string;
  readonly terminal: TerminalSize & {
    readonly stdinIsTerminal: boolean;
    readonly stdoutIsTerminal: boolean;
    readonly colourBits: number | null;
  };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By name, as they were given. */
  readonly options: Readonly<Partial<Record<TellingOption, unknown>>>;
}

/** The first line. Of most variables and options it says only that they are there. */
export function startEntry({ program, output, terminal, environment, options }: RunEnvironment): DebugEntry {
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== '');
  return {
    event: 'start',
    ...program,
    output,
    ...terminal,
    environment: Object.fromEntries(terminalVariables.map((name) => [name, environment[name] ?? null])),
    alsoSet: Object.keys(environment)
      .filter((name) => otherVariables.test(name))
      .sort(),
    options: Object.fromEntries(tellingOptions.map((name) => [name, options[name] ?? null])),
    alsoGiven: given
      .map(([name]) => name)
      .filter((name) => !tellingOptions.some((telling) => telling === name)),
  };
}

/** Where the calls go: not the name of the profile, and of an endpoint of one's own nothing but the host. */
export function sessionEntry(session: {
  readonly region: string;
  readonly profile: string | null;
  readonly environmentKeys: boolean;
  readonly endpointUrls: Readonly<Record<string, string | null>>;
}): DebugEntry {
  const { region, profile, environmentKeys, endpointUrls } = session;
  return {
    event: 'session',
    region,
    credentialsFrom: environmentKeys ? 'environment' : profile === null ? 'machine' : 'profile',
    ownEndpoints: Object.fromEntries(
      Object.entries(endpointUrls).map(([service, url]) => [service, url && URL.parse(url)?.origin]),
    ),
  };
}

export function resizeEntry(size: TerminalSize): DebugEntry {
  return { event: 'resize', ...size };
}

/** `instanceId` where the watch is of one invocation only. */
export function watchBegunEntry(commandId: string, instanceId: string | null): DebugEntry {
  return { event: 'watch-begun', commandId, instanceId };
}

/** How one watch ended. Causes are lines of outputs, and not among it. */
export function watchEndEntry(conclusion: Conclusion, figures: EndFigures): DebugEntry {
  const { outcome, exitCode, message, counts, commandStatus } = conclusion;
  return {
    event: 'watch-ended',
    commandId: figures.commandId,
    outcome,
    exitCode,
    message: redactedOrNull(message),
    counts,
    commandStatus,
    durationMs: rounded(figures.durationMs),
    apiCalls: figures.apiCalls,
  };
}

/** An error of ours, with the places in the code it came from, but not the folders these lie in. */
export function brokenEntry(error: unknown): DebugEntry {
  if (!(error instanceof Error)) return { event: 'broken', error: redact(String(error)), stack: [] };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    event: 'broken',
    error: redact(`${error.name}: ${error.message}`),
    stack: stack
      .slice(0, 20)
      .map((line) => line.trim().replace(/(?:file:\/\/)?[^\s()]*[\\/](?=[^\\/\s()]+\)?$)/, '')),
  };
}

/** The last line. `stopped` names what ended the run before its time. */
export function endEntry(
  { outcome, exitCode, message }: Conclusion,
  stopped: string | null,
  peakMiB: number,
): DebugEntry {
  return { event: 'end', outcome, exitCode, message: redactedOrNull(message), stopped, peakMiB };
}
