import { Command, CommanderError, Option } from 'commander';
import { withoutUserInfo } from './domain/user-info.ts';
import {
  exampleId,
  parseCommandId,
  parseDuration,
  parseFaults,
  parseInstanceId,
  parseInterval,
  parseSpeed,
  parseStatuses,
  parseUrl,
  wholeNumber,
} from './option-values.ts';
import { type Fault, faultKinds } from './simulator/faults/faults.ts';
import { type ScenarioName, scenarioNames, scenarios } from './simulator/scenarios.ts';

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
  /** Path of the debug log; undefined for none. */
  readonly debug?: string;
}

/** What the simulator was asked for. */
export interface SimulatorChoice {
  readonly scenario: ScenarioName;
  readonly instances?: number;
  readonly seed: number;
  readonly speed: number;
  readonly fault: readonly Fault[];
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
      const [stray] = Object.keys(program.opts());
      if (stray !== undefined)
        throw new UsageError(`simulate takes no option of a watch, such as '${stray}' before it`);
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
    .addOption(new Option('--color <when>', 'default: auto').choices(['auto', 'always', 'never']))
    .option('--debug <file>', 'log calls and changes for a bug report, without credentials or outputs');
}

function simulatorOptionsOn(command: Command): Command {
  return command
    .addOption(
      new Option('--scenario <name>', 'the rollout to simulate (default: bad)').choices(scenarioNames),
    )
    .addOption(new Option('--instances <number>', 'instances to target').argParser(wholeNumber(1, 100_000)))
    .addOption(
      new Option('--seed <number>', 'same seed, same rollout (default: 1)').argParser(
        wholeNumber(0, 2 ** 31),
      ),
    )
    .addOption(
      new Option('--speed <factor>', 'simulated seconds in a second (default: 1)').argParser(parseSpeed),
    )
    .addOption(
      new Option('--fault <fault>', 'operation:kind[:from-until], may be repeated').argParser(parseFaults),
    )
    .addHelpText('after', simulatorHelp);
}

function oneLine(message: string): string {
  return (
    message
      .replace(/^error: /, '')
      // An endpoint's password, of an argument that commander quotes.
      .replace(/(?<=')[^'\s]*:\S*@/g, withoutUserInfo)
      .replaceAll(/\s*\n\s*/g, ' ')
      .trim()
  );
}

const simulatorHelp = `
Scenarios:
${table(scenarioNames.map((name) => [name, scenarios[name].description]))}

Faults, such as ListCommands:access-denied or *:throttle:10s-20s (simulated time):
${table(Object.entries(faultKinds))}`;

function table(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, description]) => `  ${name.padEnd(20)} ${description}`).join('\n');
}

const helpAfter = `
With no command ID, piped input is searched for one: aws ssm send-command ... | ssm-watch
On a terminal a list of the recent commands opens; with --instance-id, of those on that instance.

Exit codes: 0 all succeeded, 1 not all did, 2 bad usage, 3 AWS refused, 4 no instance matched,
5 not over yet (--once), 70 ssm-watch broke, 124 --timeout, 130 left before the end.

Examples:
  ssm-watch ${exampleId}
  ssm-watch --profile prod --region eu-west-1 ${exampleId}
  ssm-watch -o json --timeout 30m ${exampleId} | jq .
  ssm-watch demo`;
