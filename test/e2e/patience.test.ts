import { describe, test } from 'vitest';
import { standingRollout } from '../helpers/rollout.ts';
import { runProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { endOf, eventsOf } from './json-lines.ts';

/**
 * What product.md gives 20, 30 and 60 seconds of real time. They are waited for at the same time, and by nothing but the
 * program itself: no test measures how long it took.
 */
describe.concurrent('what is waited for, and then given up', () => {
  const unknown = '00000000-0000-4000-8000-000000000000';

  test('a command ID that is not known here: 3, naming region, credentials and account', async ({
    expect,
  }) => {
    await using rollout = await standingRollout(12);
    await using other = await standingRollout(12);
    using terminal = openTerminal([...other.endpoint, unknown]);
    const run = await runProgram([...rollout.endpoint, unknown, '--once', '-o', 'json']);
    expect(run.exitCode).toBe(3);
    const end = endOf(run.stdout);
    expect(end).toMatchObject({ event: 'end', outcome: 'refused', exitCode: 3, counts: {} });
    expect(end?.apiCalls).toBe(rollout.requests());
    const named = /region eu-west-1.*keys from the environment.*account/;
    expect(run.stderr).toMatch(/^ssm-watch: [^\n]+\n$/);
    expect(run.stderr).toMatch(named);
    expect(run.stderr).toContain(unknown);
    // The screen gives up as well, and leaves the same line behind.
    expect((await terminal.exit).exitCode).toBe(3);
    expect(terminal.onAlternateScreen).toBe(false);
    expect(terminal.scrollback()).toMatch(named);
  });

  test('AWS unreachable for a minute: 3', async ({ expect }) => {
    // Port 9 of the loopback: nobody listens there.
    const args = ['--endpoint-url', 'http://127.0.0.1:9', '--region', 'eu-west-1', unknown];
    const { exitCode, stdout, stderr } = await runProgram([...args, '-o', 'json']);
    expect(exitCode).toBe(3);
    expect(eventsOf(stdout)[0]).toMatchObject({ event: 'problem', kind: 'network' });
    expect(endOf(stdout)).toMatchObject({ event: 'end', outcome: 'refused', exitCode: 3 });
    expect(stderr).toMatch(/^ssm-watch: [^\n]*connection refused[^\n]*\n$/);
  });

  test('ListCommands denied and never a row: 3, naming the action', async ({ expect }) => {
    const faults = [
      { kind: 'access-denied', operation: 'ListCommands' },
      { kind: 'empty-sweep', operation: 'ListCommandInvocations' },
    ] as const;
    await using rollout = await standingRollout(12, { faults });
    const { exitCode, stderr } = await runProgram(rollout.args);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^ssm-watch: [^\n]*ssm:ListCommands[^\n]*\n$/);
  });

  test('ListCommands denied and all rows over: by the rows, command status unknown', async ({ expect }) => {
    const faults = [{ kind: 'access-denied', operation: 'ListCommands' }] as const;
    await using healthy = await standingRollout(120, { scenario: 'healthy', faults });
    await using bad = await standingRollout(120, { faults });
    const [success, failure] = await Promise.all([runProgram(healthy.args), runProgram(bad.args)]);
    expect([success.exitCode, failure.exitCode]).toEqual([0, 1]);
    expect(success.stdout).toMatch(/^success: 40 invocations succeeded .*command status unknown/m);
    expect(failure.stdout).toMatch(/^failure: 45 of 60 succeeded.*command status unknown/m);
  });

  test('a target that is never listed: counted as NotListed, and no success', async ({ expect }) => {
    await using rollout = await standingRollout(120, {
      scenario: 'healthy',
      faults: [{ kind: 'vanished-row', operation: 'ListCommandInvocations' }],
    });
    const { exitCode, stdout } = await runProgram([...rollout.args, '-o', 'json', '--interval', '1']);
    expect(exitCode).toBe(1);
    expect(endOf(stdout)).toMatchObject({ outcome: 'failure', counts: { Success: 39, NotListed: 1 } });
  });
});
