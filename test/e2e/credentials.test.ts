import { describe, test } from 'vitest';
import { AwsFiles, ssoProfile } from '../helpers/aws-files.ts';
import { CheckedKeys } from '../helpers/checked-keys.ts';
import { keysOf } from '../helpers/operator.ts';
import { standingRollout } from '../helpers/rollout.ts';
import { RunningProgram, runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { endOf, eventsOf } from './json-lines.ts';
import { instancesOn } from './screen-texts.ts';

const tomorrow = () => new Date(Date.now() + 86_400_000);
const profile = 'AdministratorAccess-123456789012';
const sso = ssoProfile.replace('profile prod', `profile ${profile}`);
const login = `aws sso login --profile ${profile}`;

/** AWS that looks at who calls, and files of an operator. */
async function setUp() {
  const stack = new AsyncDisposableStack();
  const rollout = stack.use(await standingRollout(12));
  const aws = stack.use(await CheckedKeys.open(() => rollout.simulator.url));
  const files = stack.use(new AwsFiles(''));
  const { commandId } = rollout.simulator;
  return {
    rollout,
    aws,
    files,
    args: ['--endpoint-url', aws.url, '--region', 'eu-west-1', '--interval', '0.5', commandId],
    env: { ...files.environment, AWS_ENDPOINT_URL_SSO: aws.url },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe.concurrent('credentials that expire', () => {
  test('json: told, and over when the file has new keys; nothing is missing in the end', async ({
    expect,
  }) => {
    await using parts = await setUp();
    const { rollout, aws, files, args, env } = parts;
    files.write('[profile prod]\n', `[prod]\n${keysOf('OLD')}`);
    aws.standings.set('OLD', 'good');
    using program = new RunningProgram([...args, '-o', 'json', '--profile', 'prod'], { env });
    await program.waitForOutput((stdout) => (stdout.match(/"event":"invocation"/g)?.length ?? 0) === 60);
    aws.standings.set('OLD', 'expired');
    await program.waitForOutput(/"event":"problem"/);
    files.write('[profile prod]\n', `[prod]\n${keysOf('NEW')}`);
    aws.standings.set('NEW', 'good');
    await program.waitForOutput(/"event":"recovered"/);
    rollout.clock.advance(108_000);
    const { exitCode, stdout } = await program.ended;
    expect(exitCode).toBe(1);
    const told = eventsOf(stdout).filter(({ event }) => event === 'problem' || event === 'recovered');
    expect(told).toMatchObject([
      {
        event: 'problem',
        kind: 'credentials',
        message: 'the keys of profile prod have expired: put new ones into the AWS credentials file',
      },
      { event: 'recovered' },
    ]);
    expect(endOf(stdout)?.counts).toEqual(rollout.simulator.truth()?.counts);
  });

  test('tui: the whole command that mends it is on the screen at 80 columns, above the same rows', async ({
    expect,
  }) => {
    await using parts = await setUp();
    const { aws, files, args, env } = parts;
    files.write(sso);
    files.cacheSsoToken('corp', tomorrow());
    aws.tokens.set('token', 'SSO1');
    aws.standings.set('SSO1', 'good');
    using terminal = openTerminal(args, {
      columns: 80,
      rows: 24,
      env: { ...env, AWS_PROFILE: profile },
    });
    const before = await terminal.waitFor(/22 of 60/, 'all rows');
    aws.standings.set('SSO1', 'expired');
    aws.tokens.clear();
    const struck = await terminal.waitFor(
      (screen) => screen.slice(3, 6).join(' ').replace(/ +/g, ' ').includes(`run \`${login}\``),
      'the command that mends it',
    );
    expect(struck[0]).toMatch(/credentials · data \d+ s old$/);
    const rows = instancesOn(struck);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows).toEqual(instancesOn(before).slice(0, rows.length));
    aws.tokens.set('token', 'SSO2');
    aws.standings.set('SSO2', 'good');
    terminal.write('r');
    await terminal.waitFor(
      ([first = '', , , fourth = '']) => /every 0\.5 s · \d+ s ago$/.test(first) && /INSTANCE/.test(fourth),
      'recovery',
    );
  });

  test('plain: keys of the environment are said to be beyond mending here, and it goes on', async ({
    expect,
  }) => {
    await using parts = await setUp();
    const { aws, args, env } = parts;
    aws.standings.set('ENV', 'good');
    using program = new RunningProgram([...args, '-o', 'plain'], {
      env: { ...env, AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' },
    });
    await program.waitForOutput((stdout) => (stdout.match(/ m?i-/g)?.length ?? 0) >= 60);
    aws.standings.set('ENV', 'expired');
    await program.waitForOutput(
      /the keys in the environment have expired: set others and start again; a running process cannot get them/,
    );
    const tried = aws.seen.length;
    await expect.poll(() => aws.seen.length).toBeGreaterThan(tried + 1);
    program.kill('SIGINT');
    expect((await program.ended).exitCode).toBe(130);
  });

  test('before the first row: 3, and the command that mends it, on one line', async ({ expect }) => {
    await using parts = await setUp();
    const { aws, files, args, env } = parts;
    files.write(sso);
    files.cacheSsoToken('corp', new Date(0));
    const named = [...args, '--profile', profile];
    const lines = await runProgram(named, { env });
    expect(lines).toMatchObject({
      exitCode: 3,
      stderr: `ssm-watch: the SSO session is missing or has expired: run \`${login}\`\n`,
    });
    using terminal = openTerminal(named, { env });
    expect((await terminal.exit).exitCode).toBe(3);
    expect(terminal.onAlternateScreen).toBe(false);
    expect(terminal.scrollback()).toContain(login);
    expect(aws.seen).toEqual([]);
  });

  test('SSO out of reach at the start: waited for as AWS itself is', async ({ expect }) => {
    await using parts = await setUp();
    const { files, args, env } = parts;
    files.write(sso);
    files.cacheSsoToken('corp', tomorrow());
    // Port 9 of the loopback: nobody listens there.
    using program = new RunningProgram([...args, '-o', 'json', '--profile', profile], {
      env: { ...env, AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:9' },
    });
    await program.waitForOutput(/"event":"problem"/);
    program.kill('SIGINT');
    const { exitCode, stdout } = await program.ended;
    expect(exitCode).toBe(130);
    expect(eventsOf(stdout)[0]).toMatchObject({
      kind: 'network',
      message: 'the credentials could not be fetched: connection refused (ECONNREFUSED)',
    });
  });
});

test('a program that they come from has the environment as it is, though the screen has colours', async () => {
  await using rollout = await standingRollout(12);
  const answer = JSON.stringify({ Version: 1, AccessKeyId: 'AKID', SecretAccessKey: 'secret' });
  using files = new AwsFiles(
    `[profile prod]\ncredential_process = sh -c 'echo "\${FORCE_COLOR-none} $NO_COLOR" >&2; test "\${FORCE_COLOR-none}" = none && test "$NO_COLOR" = 1 && echo ${answer.replaceAll('"', '\\"')}'\n`,
  );
  const env = { ...files.environment, NO_COLOR: '1', FORCE_COLOR: undefined };
  using terminal = openTerminal([...rollout.args, '--profile', 'prod', '--color', 'always'], { env });
  await terminal.waitFor(/INSTANCE/, 'the list');
});
