import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { TemporaryFolder } from '../helpers/environment.ts';
import { finishedRollout, standingRollout, until } from '../helpers/rollout.ts';
import { RunningProgram, runProgram } from '../helpers/run-program.ts';

const oneLine = /^ssm-watch: [^\n]+\n$/;

describe.concurrent('over', () => {
  test.for([
    ['healthy', 0, /^success: 40 invocations succeeded in \d+s$/m],
    ['bad', 1, /^failure: 45 of 60 succeeded, 15 did not, after \d+s$/m],
    ['two-plugins', 1, /^failure: 18 of 24 succeeded, 6 did not/m],
    ['stopped', 1, /14 Success .*19 Terminated|19 Terminated .*14 Success/],
    ['cancelled', 1, /\d+ Cancelled/],
    ['no-targets', 4, /^no targets: the command matched no instance: tag:Role=gateway$/m],
  ] as const)('%s: exit %i', async ([scenario, exitCode, summary], { expect }) => {
    await using rollout = await finishedRollout({ scenario });
    const run = await runProgram(rollout.args);
    expect(run).toMatchObject({ exitCode, signal: null, stderr: '' });
    expect(run.stdout).toMatch(summary);
    expect(run.stdout).toMatch(new RegExp(`^exit ${exitCode}: `, 'm'));
    expect(run.stdout).not.toContain('\u001b');
  });

  test('of one instance only: counts, end and exit code concern it', async ({ expect }) => {
    await using rollout = await finishedRollout();
    const { invocations = [] } = rollout.simulator.truth() ?? {};
    for (const status of ['Success', 'Failed']) {
      const { instanceId = '' } = invocations.find((row) => row.statusDetails === status) ?? {};
      const run = await runProgram([...rollout.args, '--instance-id', instanceId]);
      expect(run.exitCode).toBe(status === 'Success' ? 0 : 1);
      expect(run.stdout).toContain(`  1 ${status}\n`);
    }
  });

  test('what is shown is limited, never counts or exit code', async ({ expect }) => {
    await using rollout = await finishedRollout();
    const { exitCode, stdout } = await runProgram([...rollout.args, '--status', 'Success', '--filter', 'db']);
    expect(exitCode).toBe(1);
    expect(stdout.match(/^\d\d:\d\d:\d\d {2}m?i-.*$/gm)?.every((line) => /db.*Success/.test(line))).toBe(
      true,
    );
    expect(stdout).toContain('45 Success  11 Failed');
    const { stdout: failures } = await runProgram([...rollout.args, '--failures']);
    expect(failures.match(/^\d\d:\d\d:\d\d {2}m?i-/gm)).toHaveLength(15);
  });

  test('in colours only when asked for', async ({ expect }) => {
    await using rollout = await finishedRollout({ scenario: 'healthy' });
    const colours = async (args: string[], env: Record<string, string>) =>
      (await runProgram([...rollout.args, ...args], { env })).stdout.includes('\u001b[32m');
    expect(await colours(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
    expect(await colours([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colours([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colours(['--color', 'never'], { FORCE_COLOR: '1' })).toBe(false);
  });
});

describe.concurrent('not over', () => {
  test('--once: 5, and 0 or 1 when it is over', async ({ expect }) => {
    await using standing = await standingRollout(12);
    const { exitCode, stdout, stderr } = await runProgram([...standing.args, '--once']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: '' });
    expect(stdout.match(/^\d\d:\d\d:\d\d {2}m?i-/gm)).toHaveLength(60);
    expect(stdout).toMatch(/^in-progress: 18 of 60 /m);
    await using over = await finishedRollout();
    expect((await runProgram([...over.args, '--once'])).exitCode).toBe(1);
  });

  test('--timeout: 124', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    const { exitCode, stdout, stderr } = await runProgram([...rollout.args, '--timeout', '2s']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 124, stderr: '' });
    expect(stdout).toMatch(/^timeout: 18 of 60 /m);
  });

  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s: %i', async ([signal, exitCode], { expect }) => {
    await using rollout = await standingRollout(12);
    using program = new RunningProgram(rollout.args);
    await program.waitForOutput(/Undeliverable/);
    program.kill(signal);
    const run = await program.ended;
    expect(run).toMatchObject({ exitCode, signal: null, stderr: '' });
    expect(run.stdout).toMatch(/^interrupted: /m);
  });

  test('stdout closed: 141, and not a word', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    for (const output of ['plain', 'json']) {
      using program = new RunningProgram([...rollout.args, '-o', output, '--interval', '0.5'], {
        through: 'head -n 1',
      });
      await program.waitForOutput(/\n/);
      // The pipe is found closed with the next line that there is to write, which may be that of the first row.
      await until(() => program.hasEnded || rollout.requests() > 2, 'the rows were read');
      rollout.clock.advance(4_000);
      const { stderr, stdout } = await program.ended;
      expect(stderr).toBe('exit 141\n');
      expect(stdout.split('\n')).toHaveLength(2);
    }
  });
});

describe.concurrent('refused before there is a row: 3', () => {
  const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  const id = 'b8eac879-0541-439d-94ec-47a80d554f44';
  const unused = ['--endpoint-url', 'http://127.0.0.1:9'];

  test.for([
    ['no region', [...unused, id], {}, /no region.*--region/],
    ['no credentials', [...unused, '--region', 'eu-west-1', id], noKeys, /no usable AWS credentials/],
    [
      'unknown profile',
      [...unused, '--region', 'eu-west-1', '--profile', 'nope', id],
      {},
      /profile nope not found/,
    ],
    [
      'unknown AWS_PROFILE',
      [...unused, '--region', 'eu-west-1', id],
      { ...noKeys, AWS_PROFILE: 'nope' },
      /nope/,
    ],
    ['expired SSO', [...unused, '--profile', 'sso', id], noKeys, /aws sso login --profile sso/],
    ['expired SSO beside keys', [...unused, '--profile', 'sso', id], {}, /aws sso login --profile sso/],
    ['MFA without a terminal', [...unused, '--profile', 'mfa', id], noKeys, /MFA/],
  ] as const)('%s', async ([, args, env, message], { expect }) => {
    using files = new TemporaryFolder();
    const config = join(files.path, 'config');
    writeFileSync(config, awsConfig);
    for (const output of ['plain', 'json']) {
      const run = await runProgram([...args, '-o', output], { env: { ...env, AWS_CONFIG_FILE: config } });
      expect(run.exitCode).toBe(3);
      expect(run.stderr).toMatch(oneLine);
      expect(run.stderr).toMatch(message);
      if (output === 'plain') expect(run.stdout).toBe('');
      else
        expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
          event: 'end',
          outcome: 'refused',
        });
    }
  });

  test.for([
    ['access-denied', /ssm:ListCommandInvocations/],
    ['expired-credentials', /expired/],
    ['unrecognized-client', /UnrecognizedClientException/],
  ] as const)('%s', async ([kind, message], { expect }) => {
    await using rollout = await standingRollout(12, { faults: [{ kind }] });
    const { exitCode, stderr } = await runProgram(rollout.args);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(oneLine);
    expect(stderr).toMatch(message);
  });

  test('--once whose sweep failed', async ({ expect }) => {
    const faults = [{ kind: '500', operation: 'ListCommandInvocations' }] as const;
    await using rollout = await standingRollout(12, { faults });
    const { exitCode, stderr } = await runProgram([...rollout.args, '--once']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(oneLine);
  });
});

const awsConfig = `
[profile sso]
region = eu-west-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = oncall
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start
[profile mfa]
region = eu-west-1
role_arn = arn:aws:iam::123456789012:role/oncall
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me
[profile base]
aws_access_key_id = x
aws_secret_access_key = y
`;
