import { describe, test } from 'vitest';
import { movingRollout, standingRollout } from '../helpers/rollout.ts';
import { RunningProgram } from '../helpers/run-program.ts';
import { type Event, eventsOf, fields } from './json-lines.ts';

describe.concurrent('a remote error', () => {
  test('half of the calls throttled: all is told in the end', async ({ expect }) => {
    await using rollout = await movingRollout(10, { scenario: 'throttled' });
    using program = new RunningProgram([...rollout.args, '-o', 'json', '--interval', '0.5']);
    const { exitCode, stdout } = await program.ended;
    expect(exitCode).toBe(1);
    expect(eventsOf(stdout).at(-1)).toMatchObject({
      counts: rollout.simulator.truth()?.counts,
      apiCalls: rollout.requests(),
    });
  });

  test('ListCommands denied: the command is told from its rows, with null for the unknown', async ({
    expect,
  }) => {
    const denied = { kind: 'access-denied', operation: 'ListCommands' } as const;
    await using rollout = await standingRollout(12, { faults: [denied] });
    using program = new RunningProgram([...rollout.args, '-o', 'json', '--interval', '0.5']);
    await program.waitForOutput((stdout) => (stdout.match(/"event":"invocation"/g)?.length ?? 0) === 60);
    await program.waitForOutput(/"event":"command"/);
    program.kill('SIGINT');
    const { exitCode, stdout } = await program.ended;
    expect(exitCode).toBe(130);
    const events = eventsOf(stdout);
    const command = events.find(({ event }): boolean => event === 'command') as Event;
    expect(Object.keys(command)).toEqual(fields.command);
    expect(command).toMatchObject({
      commandId: rollout.simulator.commandId,
      documentName: 'AWS-RunShellScript',
      comment: 'patch kernel',
      ...{ status: null, statusDetails: null, targetCount: null, maxConcurrency: null, maxErrors: null },
    });
    const problems = events.filter(({ event }) => event === 'problem');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind: 'access-denied' });
    expect(problems[0]?.message).toContain('ssm:ListCommands');
  });
});
