import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostile } from '../helpers/attacks.ts';
import { unprintableIn } from '../helpers/dangerous-text.ts';
import { type Answer, openEndpoint } from '../helpers/endpoint.ts';
import { programFile, TemporaryFolder } from '../helpers/environment.ts';
import { hostileCommand, openHostileEndpoint } from '../helpers/hostile-endpoint.ts';
import { type Run, runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { foreignIn } from '../helpers/terminal-bytes.ts';

const evil = hostile('evil');
const watch = (url: string) => ['--endpoint-url', url, '--region', 'eu-west-1', hostileCommand];

/** One line on stderr, and nothing there or on stdout that a terminal obeys. */
function expectOneLine({ stderr, stdout }: Run): void {
  expect(stderr).toMatch(/^ssm-watch: .+\n$/);
  for (const line of [...stdout.split('\n'), stderr.trimEnd()]) expect(unprintableIn(line)).toEqual([]);
}

describe('what an error says of itself', () => {
  test('is one harmless line, whatever the answer', async () => {
    const answers: readonly Answer[] = [
      { status: 400, body: { __type: evil, message: evil } },
      { status: 400, body: { __type: 'InvalidCommandId', message: evil } },
      {
        status: 400,
        body: { __type: 'AccessDeniedException', message: `${evil} ssm:List\u001b]0;owned\u0007` },
      },
      { status: 400, body: { __type: 'UnrecognizedClientException', message: evil } },
      { status: 400, headers: { 'x-amzn-errortype': 'Evil\u009b77A' }, body: { message: evil } },
      { status: 403, headers: { 'content-type': 'text/html' }, body: `<html>${evil}` },
    ];
    const runs = answers.map(async (answer) => {
      await using endpoint = await openEndpoint(() => answer);
      return await runProgram([...watch(endpoint.url), '-o', 'plain', '--once']);
    });
    for (const run of await Promise.all(runs)) {
      expect(run.exitCode).toBe(3);
      expectOneLine(run);
    }
  });

  test('is one harmless line, whatever the arguments, the environment and the files', async () => {
    const tries = [
      { args: [evil.replaceAll('\u0000', '')] },
      { args: [`--${evil.replaceAll('\u0000', '')}`] },
      { args: ['--profile', 'evil\u001b]0;owned\u0007\u202e', hostileCommand], env: noKeys },
      { args: ['--region', 'evil\u001b]0;owned\u0007', hostileCommand] },
      { args: [hostileCommand], env: { AWS_REGION: 'eu\u009b77A' } },
      { args: ['-o', 'plain'], input: evil },
    ];
    const runs = await Promise.all(tries.map(({ args, ...options }) => runProgram(args, options)));
    for (const run of runs) {
      expect([2, 3]).toContain(run.exitCode);
      expectOneLine(run);
    }
  });

  test('is one harmless line when the program itself cannot be loaded', () => {
    using folder = new TemporaryFolder();
    for (const name of ['bin', 'dist']) mkdirSync(join(folder.path, name));
    copyFileSync(programFile, join(folder.path, 'bin', 'ssm-watch.mjs'));
    writeFileSync(join(folder.path, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder.path, 'dist', 'cli.js'), `throw new Error(${JSON.stringify(evil)})`);
    const run = spawnSync(process.execPath, [join(folder.path, 'bin', 'ssm-watch.mjs')]);
    expect(run.status).toBe(70);
    expect(run.stderr.toString()).toMatch(
      /^ssm-watch: the program cannot be loaded \(Error: evil[ -~]+\)\n$/,
    );
  });

  test('is shown as it is on the screen: in the header, in the output', async () => {
    let throttles = false;
    await using rollout = await openHostileEndpoint({ instances: 8, over: false, outputsFail: true });
    await using endpoint = await openEndpoint(async ({ operation, path, body, headers }) => {
      if (throttles && operation.startsWith('List'))
        return { status: 400, body: { __type: 'ThrottlingException', message: evil } };
      const answer = await fetch(`${rollout.url}${path}`, {
        ...(operation === '' ? {} : { method: 'POST', body }),
        headers: { 'x-amz-target': headers['x-amz-target']?.toString() ?? '' },
      });
      return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) };
    });
    using terminal = openTerminal([...watch(endpoint.url), '--interval', '0.5'], { columns: 160, rows: 40 });
    await terminal.waitFor(/INSTANCE.*[✗?] i-0{15}/s, 'the rows');
    for (const [turn, sign] of [
      [5, /GetCommandInvocation could not be read: .*Evil/],
      [6, /S3 could not be read: .*Evil/],
      [7, /CloudWatch Logs could not be read: .*Evil/],
    ] as const) {
      terminal.write(`/\u0015i-${String(turn).padStart(17, '0')}\r\r`);
      await terminal.waitFor(sign, `${sign}`);
      terminal.write('\u001b');
      await terminal.waitFor(/1 of 8 shown/, 'the list');
    }
    throttles = true;
    const screen = await terminal.waitFor(/AWS throttles the calls\s+\(evil\^\[\]0;owned\^G/, 'the problem');
    expect(screen[0]).toMatch(/^ ssm-watch /);
    terminal.write('\u0003');
    expect((await terminal.exit).exitCode).toBe(130);
    expect(foreignIn(terminal.output)).toEqual([]);
  });
});

/** The profile is asked only where there are no keys. */
const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
