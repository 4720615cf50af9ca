import { describe, expect, it } from 'vitest';
import { knownStatusDetails } from '../src/domain/status.ts';
import { parseArguments, type SimulatorChoice, UsageError, type WatchOptions } from '../src/options.ts';
import { scenarioNames } from '../src/simulator/scenarios.ts';
import { commandId } from './helpers/fixtures.ts';

function parse(...args: readonly string[]) {
  let written = '';
  const request = parseArguments(args, '1.2.3', (text) => {
    written += text;
  });
  return { request, written };
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
const simulated: SimulatorChoice = { scenario: 'bad', seed: 1, speed: 1, fault: [] };

describe('a watch', () => {
  it('without arguments is one of what is piped', () => {
    expect(parse().request).toEqual({ kind: 'watch', commandId: null, options: defaults });
  });

  it.each([commandId, commandId.toUpperCase()])('of %s', (id) => {
    expect(parse(id).request).toEqual({ kind: 'watch', commandId, options: defaults });
  });

  it.each<[string, Partial<WatchOptions>]>([
    ['--region eu-west-1', { region: 'eu-west-1' }],
    ['--profile prod', { profile: 'prod' }],
    ['--endpoint-url http://127.0.0.1:4567', { endpointUrl: 'http://127.0.0.1:4567' }],
    [
      '--endpoint-url https://vpce-1.ssm.eu-west-1.vpce.amazonaws.com',
      { endpointUrl: 'https://vpce-1.ssm.eu-west-1.vpce.amazonaws.com' },
    ],
    ['-i 5', { interval: 5_000 }],
    ['--interval 0.5', { interval: 500 }],
    ['--interval=1.25', { interval: 1_250 }],
    ['-i .75', { interval: 750 }],
    ['--timeout 90s', { timeout: 90_000 }],
    ['--timeout 10m', { timeout: 600_000 }],
    ['--timeout 1h30m', { timeout: 5_400_000 }],
    ['--timeout 2h', { timeout: 7_200_000 }],
    ['--timeout 1h1m1s', { timeout: 3_661_000 }],
    ['--timeout 576h', { timeout: 576 * 3_600_000 }],
    ['-o tui', { output: 'tui' }],
    ['-o plain', { output: 'plain' }],
    ['--output json', { output: 'json' }],
    ['--instance-id i-0cb2b964d3e14fd9f', { instanceId: 'i-0cb2b964d3e14fd9f' }],
    ['--instance-id i-0cb2b964', { instanceId: 'i-0cb2b964' }],
    ['--instance-id mi-0123456789abcdef0', { instanceId: 'mi-0123456789abcdef0' }],
    ['--status Failed', { status: ['Failed'] }],
    ['--status failed,deliverytimedout', { status: ['Failed', 'DeliveryTimedOut'] }],
    ['--status Canceled', { status: ['Cancelled'] }],
    [`--status ${knownStatusDetails.join(',')}`, { status: knownStatusDetails }],
    ['--filter web', { filter: 'web' }],
    ['--failures', { failures: true }],
    ['--page-size 1', { pageSize: 1 }],
    ['--page-size 50', { pageSize: 50 }],
    ['--once', { once: true }],
    ['--exit', { exit: true }],
    ['--color always', { color: 'always' }],
    ['--color never', { color: 'never' }],
    ['--color auto', { color: 'auto' }],
    ['--debug ./debug.jsonl', { debug: './debug.jsonl' }],
    ['--once -o json --failures', { once: true, output: 'json', failures: true }],
  ])('with %s, before or after the ID', (text, expected) => {
    const args = text.split(' ');
    const request = { kind: 'watch', commandId, options: { ...defaults, ...expected } };
    expect(parse(commandId, ...args).request).toEqual(request);
    expect(parse(...args, commandId).request).toEqual(request);
  });

  it.each(['Delivery Timed Out', ' In Progress , Failed '])('with StatusDetails in prose: %j', (text) => {
    const { request } = parse('--status', text, commandId);
    const expected = text.split(',').map((part) => part.replaceAll(' ', ''));
    expect(request).toMatchObject({ options: { status: expected } });
  });

  it('keeps a filter as it was typed', () => {
    const filter = ' -- ünï 日本 \t';
    expect(parse('--filter', filter).request).toMatchObject({ options: { filter } });
  });
});

describe('a demo', () => {
  it('has the defaults of both', () => {
    expect(parse('demo').request).toEqual({ kind: 'demo', options: defaults, simulator: simulated });
  });

  it.each<[string, Partial<WatchOptions>, Partial<SimulatorChoice>]>([
    ['demo --scenario huge --instances 3000', {}, { scenario: 'huge', instances: 3_000 }],
    ['demo --seed 7 --speed 2.5', {}, { seed: 7, speed: 2.5 }],
    ['demo -o json --exit', { output: 'json', exit: true }, {}],
    ['-o json demo --exit', { output: 'json', exit: true }, {}],
    ['-i 5 demo -i 3', { interval: 3_000 }, {}],
    [
      'demo --fault *:500 --fault ListCommands:hang:5s-10s',
      {},
      { fault: [{ kind: '500' }, { operation: 'ListCommands', kind: 'hang', from: 5_000, until: 10_000 }] },
    ],
  ])('%s', (text, options, simulator) => {
    expect(parse(...text.split(' ')).request).toMatchObject({
      kind: 'demo',
      options: { ...defaults, ...options },
      simulator: { ...simulated, ...simulator },
    });
  });
});

describe('simulate', () => {
  it.each<[string, number, Partial<SimulatorChoice>]>([
    ['simulate', 4567, {}],
    ['simulate --port 0', 0, {}],
    ['simulate --port 8080 --scenario healthy', 8080, { scenario: 'healthy' }],
  ])('%s', (text, port, simulator) => {
    expect(parse(...text.split(' ')).request).toMatchObject({
      kind: 'simulate',
      port,
      simulator: { ...simulated, ...simulator },
    });
  });
});

describe('help and version', () => {
  it.each(['-V', '--version'])('%s prints the version', (option) => {
    expect(parse(option)).toEqual({ request: { kind: 'nothing' }, written: '1.2.3\n' });
  });

  it.each([['-h'], ['--help'], ['demo', '--help'], ['simulate', '-h']])(
    '%s %s prints the help',
    (...args) => {
      const { request, written } = parse(...args);
      expect(request).toEqual({ kind: 'nothing' });
      expect(written).toContain('Usage: ssm-watch');
    },
  );

  it('the help names every option, the exit codes and the other commands', () => {
    const { written } = parse('--help');
    for (const option of [
      ...['--region', '--profile', '--endpoint-url', '-i, --interval', '--timeout', '-o, --output'],
      ...['--instance-id', '--status', '--filter', '--failures', '--page-size', '--once', '--exit'],
      ...['--color', '--debug <file>', '-h, --help', '-V, --version', 'demo', 'simulate', '124', '130', '70'],
    ]) {
      expect(written).toContain(option);
    }
  });

  it('the help of the demo names every scenario', () => {
    const { written } = parse('demo', '--help');
    for (const name of scenarioNames) expect(written).toContain(name);
  });
});

describe('bad usage is one line that names what is wrong and shows what is right', () => {
  const uuid = /b8eac879-0541-439d-94ec-47a80d554f44/;

  it.each<[string, readonly string[], RegExp, RegExp]>([
    ['no UUID', ['nonsense'], /nonsense/, uuid],
    ['a UUID that is too short', [commandId.slice(1)], /8eac879-/, uuid],
    ['a UUID with something behind', [`${commandId}0`], /554f440/, uuid],
    ['an empty ID', [''], /command-id/, uuid],
    ['two IDs', [commandId, commandId], /too many arguments/, /Expected 1/],
    ['an unknown option', ['--frobnicate'], /--frobnicate/, /unknown option/],
    ['an option with a typo', ['--intervall', '2'], /--intervall/, /--interval\?/],
    ['an option of the demo', ['--scenario', 'bad'], /--scenario/, /unknown option/],
    ['an argument of the demo', ['demo', commandId], /demo/, /too many arguments/],
    ['a log without a name', ['--debug'], /--debug <file>/, /argument missing/],
    ['a missing value', ['--region'], /--region <name>/, /argument missing/],
    ['interval 0', ['-i', '0'], /--interval <seconds>/, /at least 0\.5/],
    ['interval 0.49', ['-i', '0.49'], /--interval/, /at least 0\.5/],
    ['a negative interval', ['--interval=-1'], /--interval/, /at least 0\.5/],
    ['interval with a unit', ['-i', '2s'], /'2s'/, /seconds/],
    ['interval in hex', ['-i', '0x10'], /'0x10'/, /such as 2/],
    ['no interval', ['--interval='], /--interval/, /such as 2/],
    ['an endless interval', ['-i', 'Infinity'], /Infinity/, /such as 2/],
    ['a bare number as timeout', ['--timeout', '90'], /--timeout <duration>.*'90'/, /90s, 10m or 1h30m/],
    ['timeout 0', ['--timeout', '0s'], /'0s'/, /90s, 10m or 1h30m/],
    ['a timeout in another order', ['--timeout', '30m1h'], /'30m1h'/, /1h30m/],
    ['a timeout with a fraction', ['--timeout', '1.5h'], /'1\.5h'/, /1h30m/],
    ['a timeout with a space', ['--timeout', '1h 30m'], /'1h 30m'/, /1h30m/],
    ['a timeout longer than a timer', ['--timeout', '1000h'], /'1000h'/, /at most 24 days/],
    ['no timeout', ['--timeout='], /--timeout/, /90s/],
    ['an unknown output', ['-o', 'yaml'], /--output <mode>.*'yaml'/, /tui, plain, json/],
    ['an unknown colour', ['--color', 'yes'], /--color <when>.*'yes'/, /auto, always, never/],
    [
      'a host name as instance',
      ['--instance-id', 'web-1'],
      /--instance-id <id>.*'web-1'/,
      /i-0cb2b964d3e14fd9f/,
    ],
    ['an instance ID of a wrong length', ['--instance-id', 'i-0cb2b9'], /i-0cb2b9/, /mi-0123456789abcdef0/],
    ['an unknown status', ['--status', 'Failed,Broken'], /--status <list>.*Broken/, /DeliveryTimedOut/],
    ['an empty status', ['--status', 'Failed,'], /--status/, /with commas between/],
    ['page size 0', ['--page-size', '0'], /--page-size <1-50>.*'0'/, /from 1 to 50/],
    ['page size 51', ['--page-size', '51'], /'51'/, /from 1 to 50/],
    ['page size 1.5', ['--page-size', '1.5'], /'1\.5'/, /from 1 to 50/],
    [
      'a URL without a scheme',
      ['--endpoint-url', 'localhost:4567'],
      /localhost:4567/,
      /http:\/\/127\.0\.0\.1:4567/,
    ],
    ['a URL of another scheme', ['--endpoint-url', 'ftp://host'], /--endpoint-url <url>/, /http:/],
    ['an unknown scenario', ['demo', '--scenario', 'good'], /--scenario <name>.*'good'/, /healthy, bad/],
    ['too many instances', ['demo', '--instances', '1000000'], /--instances/, /to 100000/],
    ['a seed that is none', ['demo', '--seed', 'x'], /--seed <number>/, /whole number/],
    ['speed 0', ['demo', '--speed', '0'], /--speed <factor>/, /such as 5/],
    [
      'a fault of no kind',
      ['demo', '--fault', '*:broken'],
      /--fault.*broken/,
      /operation:kind\[:from-until\]/,
    ],
    ['a port too high', ['simulate', '--port', '65536'], /--port <number>/, /from 0 to 65535/],
    ['an option of the watch', ['simulate', '--once'], /--once/, /unknown option/],
  ])('%s', (_, args, what, right) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(what);
    expect(() => parse(...args)).toThrow(right);
    expect(() => parse(...args)).toThrow(/^[^\n]+$/);
    expect(() => parse(...args)).not.toThrow(/\n/);
  });

  it.each([
    ['--endpoint-url', 'ftp://alice:hunter2@host'],
    ['--endpoint-url', 'alice:hunter2@host'],
    ["--endpoint-url=http://alice:hunter2'/@host:x"],
    ['http://alice:hunter2@host'],
    ['--endpoint=http://alice:hunter2@host'],
  ])('shows no password: %s', (...args) => {
    expect(() => parse(...args)).toThrow(/host/);
    expect(() => parse(...args)).not.toThrow(/alice|hunter2/);
  });

  it('prints nothing', () => {
    let written = '';
    expect(() =>
      parseArguments(['--frobnicate'], '1.2.3', (text) => {
        written += text;
      }),
    ).toThrow(UsageError);
    expect(written).toBe('');
  });
});

it.each([[['demo', '--instances', '0']], [['--region', 'x', 'simulate']], [['--once', 'simulate']]])(
  'loses nothing that was typed: %j',
  (args) => {
    expect(() => parseArguments(args, '1', () => {})).toThrow(UsageError);
  },
);

it('takes StatusDetails in any case and spelling', () => {
  expect(parseArguments(['--status', 'canceled,DELIVERY TIMED OUT'], '1', () => {})).toMatchObject({
    options: { status: ['Cancelled', 'DeliveryTimedOut'] },
  });
});
