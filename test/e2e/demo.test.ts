import {
  CancelCommandCommand,
  ListCommandInvocationsCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { RunningProgram, runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { endOf } from './json-lines.ts';
import { instancesOn } from './screen-texts.ts';

/** No AWS settings at all: the demo must need none. */
const nothing = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
const fast = ['--speed', '20', '--interval', '0.5'];

describe.concurrent('demo', () => {
  test('without a terminal: plain lines to the end, and 0 though the rollout failed', async ({ expect }) => {
    const run = await runProgram(['demo', ...fast], { env: nothing });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.stdout).toMatch(/InProgress → Success {2}exit 0$/m);
    expect(run.stdout).toMatch(/^failure: 45 of 60 succeeded, 15 did not/m);
    expect(run.stdout).toMatch(/^exit 0: /m);
  });

  test('takes the scenario, the number of instances and the seed', async ({ expect }) => {
    const args = ['demo', ...fast, '--scenario', 'healthy', '--instances', '7', '--seed', '5', '-o', 'json'];
    const run = await runProgram(args, { env: nothing });
    expect(run.exitCode).toBe(0);
    expect(endOf(run.stdout)).toMatchObject({ outcome: 'success', exitCode: 0 });
    const counts = Object.values(endOf(run.stdout)?.counts ?? {});
    // Of seven, the tag matches the ones in prod and staging: all.
    expect(counts).toEqual([7]);
  });

  test('on a terminal: the screen, which q leaves with 0', async ({ expect }) => {
    using terminal = openTerminal(['demo', '--speed', '5'], { env: nothing });
    const screen = await terminal.waitFor((lines) => instancesOn(lines).length > 20, 'rows');
    expect(screen[0]).toContain('eu-west-1 · demo · 123456789012');
    terminal.write('q');
    expect(await terminal.exit).toEqual({ exitCode: 0, signal: 0 });
    expect(terminal.scrollback()).toMatch(/^interrupted: /m);
  });
});

describe('simulate', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('serves any client until %s, and exits 0', async (signal) => {
    using program = new RunningProgram(
      ['simulate', '--port', '0', '--scenario', 'healthy', '--speed', '20'],
      { env: nothing },
    );
    await program.waitForOutput(/http:\/\/127\.0\.0\.1:\d+.*\n.*\n.*\n/);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(program.stdout)?.[0] ?? '';
    const client = new SSMClient({
      endpoint: url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
    });
    const { Command } = await client.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:Env', Values: ['prod'] }],
        Parameters: { commands: ['uptime'] },
      }),
    );
    const CommandId = Command?.CommandId ?? '';
    expect(CommandId).toMatch(/^[0-9a-f-]{36}$/);
    const watched = await runProgram([
      ...['--endpoint-url', url, '--region', 'eu-west-1', '--interval', '0.5', CommandId],
    ]);
    expect(watched.exitCode).toBe(0);
    const { CommandInvocations = [] } = await client.send(new ListCommandInvocationsCommand({ CommandId }));
    expect(CommandInvocations.length).toBeGreaterThan(0);
    await client.send(new CancelCommandCommand({ CommandId }));
    client.destroy();
    program.kill(signal);
    expect(await program.ended).toMatchObject({ exitCode: 0, signal: null, stderr: '' });
  });

  test('says which port is in use', async () => {
    using program = new RunningProgram(['simulate', '--port', '0']);
    await program.waitForOutput(/:\d+.*\n/);
    const port = /127\.0\.0\.1:(\d+)/.exec(program.stdout)?.[1] ?? '';
    const { exitCode, stdout, stderr } = await runProgram(['simulate', '--port', port]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(port);
  });
});
