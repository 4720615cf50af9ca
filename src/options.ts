import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isCommandId } from './domain/command-id.ts';
import { knownStatusDetails, normaliseStatus } from './domain/status.ts';

/** What a watch was asked for. */
export interface WatchOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  /** Milliseconds. */
  readonly interval: number;
  /** Milliseconds; undefined to watch to the end. */
  readonly timeout?: number;
  /** undefined: what the surroundings allow. */
  readonly output?: 'tui' | 'plain' | 'json';
  readonly instanceId?: string;
  readonly status: readonly string[];
  readonly filter: string;
  readonly failures: boolean;
  readonly pageSize: number;
  readonly once: boolean;
  readonly exit: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** What the simulator was asked for. */
export interface SimulatorChoice {
  readonly scenario: string;
  readonly instances?: number;
  readonly seed: number;
  readonly speed: number;
  readonly fault: readonly string[];
}

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'watch'; readonly commandId: string | null; readonly options: WatchOptions }
  | { readonly kind: 'demo'; readonly options: WatchOptions; readonly simulator: SimulatorChoice }
  | { readonly kind: 'simulate'; readonly port: number; readonly simulator: SimulatorChoice }
  /** Help or version, printed already. */
  | { readonly kind: 'nothing' };

/** Bad usage; the message is one line that says what is wrong and what is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const exampleId = 'b8eac879-0541-439d-94ec-47a80d554f44';

const defaults: WatchOptions = {
  interval: 2_000,
  status: [],
  filter: '',
  failures: false,
  pageSize: 50,
  once: false,
  exit: false,
  color: 'auto',
};

const simulatorDefaults: SimulatorChoice = { scenario: 'bad', seed: 1, speed: 1, fault: [] };

/**
 * Parses the arguments after the program's name.
 *
 * @throws UsageError
 */
export function parseArguments(
  args: readonly string[],
  version: string,
  write: (text: string) => void,
): Request {
  let request: Request = { kind: 'nothing' };
  const program = watchOptionsOn(new Command('ssm-watch'))
    .description('Watch an AWS Systems Manager Run Command rollout live in the terminal.')
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
    .enablePositionalOptions()
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .argument('[command-id]', 'the command ID that `aws ssm send-command` returned', parseCommandId)
    .addHelpText('after', helpAfter)
    .action((commandId: string | undefined, options: Partial<WatchOptions>) => {
      request = { kind: 'watch', commandId: commandId ?? null, options: { ...defaults, ...options } };
    });
  simulatorOptionsOn(watchOptionsOn(program.command('demo')))
    .description('watch a simulated rollout; needs no AWS account')
    .action((own: Partial<WatchOptions> & Partial<SimulatorChoice>) => {
      const options = { ...defaults, ...program.opts<Partial<WatchOptions>>(), ...own };
      request = { kind: 'demo', options, simulator: { ...simulatorDefaults, ...own } };
    });
  simulatorOptionsOn(program.command('simulate'))
    .description('serve the simulator for other clients')
    .addOption(
      new Option('--port <number>', 'port on 127.0.0.1 (default: 4567)').argParser(wholeNumber(0, 65_535)),
    )
    .action((own: Partial<SimulatorChoice> & { port?: number }) => {
      request = { kind: 'simulate', port: own.port ?? 4567, simulator: { ...simulatorDefaults, ...own } };
    });
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw new UsageError(oneLine(error.message));
  }
  return request;
}

function watchOptionsOn(command: Command): Command {
  return command
    .option('--region <name>', 'AWS region (default: AWS_REGION, AWS_DEFAULT_REGION, the profile)')
    .option(
      '--profile <name>',
      'profile of the AWS config files (default: keys in the environment, AWS_PROFILE)',
    )
    .addOption(
      new Option('--endpoint-url <url>', 'where to send the calls instead of to AWS').argParser(parseUrl),
    )
    .addOption(
      new Option('-i, --interval <seconds>', 'pause between polls (default: 2)').argParser(parseInterval),
    )
    .addOption(
      new Option('--timeout <duration>', 'give up watching after this long: 90s, 10m, 1h30m').argParser(
        parseDuration,
      ),
    )
    .addOption(
      new Option('-o, --output <mode>', 'default: tui on a terminal, else plain').choices([
        'tui',
        'plain',
        'json',
      ]),
    )
    .addOption(new Option('--instance-id <id>', 'watch this one invocation only').argParser(parseInstanceId))
    .addOption(
      new Option('--status <list>', 'show only these StatusDetails, with commas between').argParser(
        parseStatuses,
      ),
    )
    .option('--filter <text>', 'show only what contains this text')
    .option('--failures', 'show only what ended and did not succeed')
    .addOption(
      new Option('--page-size <1-50>', 'invocations to ask for in each call (default: 50)').argParser(
        wholeNumber(1, 50),
      ),
    )
    .option('--once', 'read the rollout once, print it and exit')
    .option('--exit', 'leave the screen as soon as the rollout is over')
    .addOption(new Option('--color <when>', 'default: auto').choices(['auto', 'always', 'never']));
}

function simulatorOptionsOn(command: Command): Command {
  return command
    .option('--scenario <name>', 'the rollout to simulate (default: bad)')
    .addOption(new Option('--instances <number>', 'instances to target').argParser(wholeNumber(0, 100_000)))
    .addOption(
      new Option('--seed <number>', 'same seed, same rollout (default: 1)').argParser(
        wholeNumber(0, 2 ** 31),
      ),
    )
    .addOption(
      new Option('--speed <factor>', 'simulated seconds in a second (default: 1)').argParser(parseSpeed),
    )
    .addOption(
      new Option('--fault <fault>', 'operation:kind[:from-until], may be repeated').argParser(
        (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
      ),
    );
}

function parseCommandId(text: string): string {
  if (isCommandId(text)) return text.toLowerCase();
  throw new InvalidArgumentError(`It is not a command ID; a UUID is expected, such as ${exampleId}`);
}

function parseInstanceId(text: string): string {
  if (/^(i-[0-9a-f]{8}|i-[0-9a-f]{17}|mi-[0-9a-f]{17})$/.test(text)) return text;
  throw new InvalidArgumentError(
    'An instance ID is expected, such as i-0cb2b964d3e14fd9f or mi-0123456789abcdef0',
  );
}

function parseInterval(text: string): number {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.5 && seconds <= 86_400) return seconds * 1000;
  throw new InvalidArgumentError('A number of seconds is expected, at least 0.5, such as 2');
}

const unitMs = { h: 3_600_000, m: 60_000, s: 1_000 } as const;
const longestTimeout = 24 * 24 * unitMs.h;

function parseDuration(text: string): number {
  const parts = /^(?=.)(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?$/.exec(text)?.groups;
  const total = Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + Number(parts?.[unit] ?? 0) * ms, 0);
  if (total > 0 && total <= longestTimeout) return total;
  throw new InvalidArgumentError(
    'A duration with units is expected, at most 24 days, such as 90s, 10m or 1h30m',
  );
}

function parseStatuses(text: string): string[] {
  const known = new Map(knownStatusDetails.map((status) => [status.toLowerCase(), status]));
  return text.split(',').map((part) => {
    const status = known.get(normaliseStatus(part.trim()).replaceAll(' ', '').toLowerCase());
    if (status !== undefined) return status;
    throw new InvalidArgumentError(
      `StatusDetails are expected, with commas between: ${knownStatusDetails.join(', ')}`,
    );
  });
}

function parseUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('A URL is expected, such as http://127.0.0.1:4567');
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (speed > 0 && speed <= 10_000) return speed;
  throw new InvalidArgumentError('A number above 0 and at most 10000 is expected, such as 5');
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected`);
  };
}

function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

const helpAfter = `
With no command ID, piped input is searched for one: aws ssm send-command … | ssm-watch

Exit codes: 0 all succeeded, 1 not all did, 2 bad usage, 3 AWS refused, 4 no instance matched,
5 not over yet (--once), 70 ssm-watch broke, 124 --timeout, 130 left before the end.

Examples:
  ssm-watch ${exampleId}
  ssm-watch --profile prod --region eu-west-1 ${exampleId}
  ssm-watch -o json --timeout 30m ${exampleId} | jq .
  ssm-watch demo`;
