import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { type Answer, type Call, type Endpoint, openEndpoint } from '../helpers/endpoint.ts';
import { cleanEnvironment, programFile, TemporaryFolder } from '../helpers/environment.ts';
import { commandId, hostileCharacters, hostileIn } from '../helpers/fixtures.ts';
import { movingRollout } from '../helpers/rollout.ts';
import { RunningProgram, runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';

/** What must not be in the log, wherever it was planted. */
const secrets = {
  accessKey: 'AKIASECRETACCESSKEY1',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2VjEHwaCWV1LXdlc3QtMSJHMEUCIQDd5secretsession',
  nextToken: 'c2VjcmV0IG5leHQgdG9rZW4',
  parameter: 'secret-parameter',
  output: 'secret-output',
  comment: 'secret-comment',
  hostName: 'secret-host-name',
  environment: 'secret-environment',
  filter: 'secret-filter',
  account: '210987654321',
  person: 'secret.person@corp.example',
  query: 'secret-query',
} as const;
const environment = {
  AWS_ACCESS_KEY_ID: secrets.accessKey,
  AWS_SECRET_ACCESS_KEY: secrets.secretKey,
  AWS_SESSION_TOKEN: secrets.sessionToken,
  AWS_MAX_ATTEMPTS: '2',
  DATABASE_PASSWORD: secrets.environment,
  HTTPS_PROXY: `http://alice:${secrets.environment}@proxy`,
};
const hostile = hostileCharacters.join('');
const now = Date.now() / 1000;

function row(index: number): object {
  const output = `${secrets.output}\n----------ERROR-------\n${secrets.output}: ${hostile}\n`;
  return {
    CommandId: commandId,
    InstanceId: `i-0000000${index}`,
    InstanceName: secrets.hostName,
    Comment: secrets.comment,
    DocumentName: `arn:aws:ssm:eu-west-1:${secrets.account}:document/Acme`,
    RequestedDateTime: now,
    Status: 'Failed',
    StatusDetails: 'Failed',
    CommandPlugins: [
      { Name: `step ${hostile}`, Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 1, Output: output },
    ],
  };
}

/** A rollout that failed, behind errors that quote what was sent. */
function secretiveAnswer({ operation, body, headers }: Call, index: number): Answer {
  const quoted = `${headers.authorization} x-amz-security-token:${headers['x-amz-security-token']}`;
  if (index === 0) {
    const who = `arn:aws:sts::${secrets.account}:assumed-role/Admin/${secrets.person}`;
    const message = `${who} at https://host/?key=${secrets.query} sent ${quoted}`;
    return { status: 400, body: { __type: `Odd${hostile}`, message } };
  }
  if (index === 1) return { status: 400, body: { __type: 'IncompleteSignature', message: quoted } };
  if (index === 2) return { status: 500, body: { __type: 'InternalServerError', message: quoted } };
  if (index === 3) return { body: `<html>${secrets.output} ${quoted}</html>` };
  if (operation === 'ListCommands') {
    const command = {
      CommandId: commandId,
      Comment: secrets.comment,
      DocumentName: `arn:aws:ssm:eu-west-1:${secrets.account}:document/Acme`,
      Parameters: { commands: [secrets.parameter] },
      Status: 'Failed',
      StatusDetails: 'Failed',
      TargetCount: 2,
      RequestedDateTime: now,
      MaxErrors: '0',
      MaxConcurrency: '50',
    };
    return { body: { Commands: [command] } };
  }
  const isSecond = JSON.parse(body).NextToken !== undefined;
  return {
    headers: { 'x-amzn-requestid': 'b7c1f3de-0000-4000-8000-000000000000' },
    body: {
      CommandInvocations: [row(isSecond ? 2 : 1)],
      ...(isSecond ? {} : { NextToken: secrets.nextToken }),
    },
  };
}

/** Runs a program that need not be ours. */
async function runFile(file: string, args: readonly string[], cwd: string) {
  const child = spawn(file, args, { cwd, env: cleanEnvironment(cwd) });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { stdout, stderr, exitCode };
}

const argsFor = ({ url }: Endpoint, log: string) => [
  ...['--debug', log, '--endpoint-url', url.replace('//', `//alice:${secrets.environment}@`)],
  ...['--region', 'eu-west-1', '--filter', secrets.filter, '-i', '0.5', commandId],
];

function entriesOf(log: string): Record<string, unknown>[] {
  return readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

function checkSafe(log: string): void {
  const lines = readFileSync(log, 'utf8');
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(hostileIn(lines.replaceAll('\n', ''))).toEqual([]);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(lines.toLowerCase().includes(secret.toLowerCase()), what).toBe(false);
  }
  expect(lines).not.toMatch(/AWS4-HMAC|Signature=[0-9a-f]/);
}

describe.concurrent('--debug', () => {
  test.for(['plain', 'json'])('-o %s: what happened is in the file, and no secret', async (output) => {
    using folder = new TemporaryFolder();
    await using endpoint = await openEndpoint(secretiveAnswer);
    const log = join(folder.path, 'debug.jsonl');
    const args = ['-o', output, ...argsFor(endpoint, log)];
    const run = await runProgram(args, { env: environment });
    checkSafe(log);
    const entries = entriesOf(log);
    const first = { event: 'start', output, stdoutIsTerminal: false, node: process.version };
    expect(entries[0]).toMatchObject({
      ...first,
      alsoGiven: expect.arrayContaining(['filter', 'endpointUrl']),
    });
    expect(entries.at(-1)).toMatchObject({ event: 'end', exitCode: run.exitCode });
  });

  test('the screen: the whole rollout is in it, to the verdict', async () => {
    using folder = new TemporaryFolder();
    let failures = 0;
    await using endpoint = await openEndpoint((call) =>
      // Rows first, or what is wrong would end the watch.
      call.operation === 'ListCommands' && failures < 2
        ? secretiveAnswer(call, [2, 3][failures++] ?? 4)
        : secretiveAnswer(call, 4),
    );
    const log = join(folder.path, 'debug.jsonl');
    using terminal = openTerminal(argsFor(endpoint, log), { env: environment });
    await terminal.waitFor(/FAILURE · took/);
    terminal.write('q');
    expect(await terminal.exit).toMatchObject({ exitCode: 1 });
    checkSafe(log);
    const events = entriesOf(log).map(({ event }) => event);
    for (const event of [
      ...['start', 'session', 'credentials', 'watch-begun', 'request', 'answer', 'call', 'sweep-begun'],
      ...[
        'sweep-ended',
        'round-ended',
        'activity',
        'command',
        'invocation',
        'problem',
        'recovered',
        'verdict',
      ],
      ...['watch-ended', 'end'],
    ]) {
      expect(events).toContain(event);
    }
    expect(entriesOf(log)[0]).toMatchObject({
      output: 'tui',
      columns: 100,
      rows: 30,
      stdoutIsTerminal: true,
    });
    expect(terminal.scrollback()).not.toContain('debug');
  });

  test('what was written last is there after SIGKILL, and the next run goes on below it', async () => {
    using folder = new TemporaryFolder();
    await using endpoint = await openEndpoint(({ operation }) =>
      operation === 'ListCommands' ? { body: { Commands: [] } } : { body: { CommandInvocations: [row(1)] } },
    );
    const log = join(folder.path, 'debug.jsonl');
    const args = ['--debug', log, '--endpoint-url', endpoint.url, '--region', 'eu-west-1', '-i', '0.5'];
    using program = new RunningProgram([...args, '-o', 'json', commandId]);
    await program.waitForOutput(/"event":"invocation"/);
    // It is in the log before it is told.
    program.kill('SIGKILL');
    expect((await program.ended).signal).toBe('SIGKILL');
    const before = readFileSync(log, 'utf8');
    expect(before).toMatch(/"event":"invocation".*\n/);
    expect(before.endsWith('\n')).toBe(true);
    await runProgram([...args, '-o', 'json', '--once', commandId]);
    const after = readFileSync(log, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(entriesOf(log).filter(({ event }) => event === 'start')).toHaveLength(2);
  });

  test('a disk that is full is told once, and the watch goes on to its verdict', async () => {
    using folder = new TemporaryFolder();
    await using rollout = await movingRollout(50);
    const log = join(folder.path, 'débug.jsonl');
    // A limit of the shell on the size of files stands in for the disk's.
    const command = ['sh', '-c', 'ulimit -f 8 && LC_ALL=C exec "$@"', 'sh', process.execPath, programFile];
    const [file = '', ...args] = [...command, '--debug', log, '-o', 'json', ...rollout.args];
    const { exitCode, stdout, stderr } = await runFile(file, args, folder.path);
    expect({ exitCode, last: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') }).toMatchObject({
      exitCode: 1,
      last: { event: 'end', outcome: 'failure' },
    });
    expect(stderr).toBe(
      `ssm-watch: the debug log ends here: ${folder.path}/d\\u{e9}bug.jsonl cannot be written (the file would be larger than it may be)\n`,
    );
    expect(statSync(log).size).toBeGreaterThan(0);
  });

  test('a path that cannot be used is bad usage, and nothing was asked or written', async () => {
    using folder = new TemporaryFolder();
    const taken = join(folder.path, 'notes.txt');
    writeFileSync(taken, 'notes');
    await using endpoint = await openEndpoint(() => ({ body: {} }));
    const to = ['--endpoint-url', endpoint.url, '--region', 'eu-west-1', commandId];
    for (const path of [taken, join(folder.path, 'nowhere', 'log'), '/dev/null', '']) {
      const { exitCode, stdout, stderr } = await runProgram(['--debug', path, ...to]);
      expect({ path, exitCode, stdout }).toEqual({ path, exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^ssm-watch: the debug log [^\n]+\n$/);
    }
    expect(endpoint.calls).toHaveLength(0);
    expect(readFileSync(taken, 'utf8')).toBe('notes');
  });
});
