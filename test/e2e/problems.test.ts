import { describe, test } from 'vitest';
import type { FaultKind } from '../../src/simulator/faults/faults.ts';
import { movingRollout, standingRollout } from '../helpers/rollout.ts';
import { RunningProgram } from '../helpers/run-program.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { type Event, eventsOf, fields } from './json-lines.ts';
import { instancesOn } from './screen-texts.ts';

const faults: readonly (readonly [FaultKind, string])[] = [
  ['throttle', 'throttled'],
  ['reset', 'network'],
  ['500', 'service'],
  ['503', 'service'],
  ['html', 'response'],
  ['cut-json', 'response'],
  ['expired-credentials', 'credentials'],
  ['access-denied', 'access-denied'],
];

describe.concurrent('a remote error', () => {
  test.for(faults)(
    '%s: told as %s, over when it is over, and never an end',
    async ([kind, told], { expect }) => {
      await using rollout = await standingRollout(12);
      using program = new RunningProgram([...rollout.args, '-o', 'json', '--interval', '0.5']);
      await program.waitForOutput((stdout) => (stdout.match(/"event":"invocation"/g)?.length ?? 0) === 60);
      const mend = rollout.simulator.addFault({ kind });
      await program.waitForOutput(/"event":"problem"/);
      mend();
      await program.waitForOutput(/"event":"recovered"/);
      rollout.clock.advance(108_000);
      const { exitCode, stdout, stderr } = await program.ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      const events = eventsOf(stdout);
      const problems = events.filter(({ event }) => event === 'problem');
      for (const problem of problems) {
        expect(Object.keys(problem)).toEqual(fields.problem);
        expect(problem.kind).toBe(told);
        expect(problem.message).toMatch(/^[^\n]+$/);
        expect(problem.retryInSeconds).toBeGreaterThanOrEqual(0);
        expect(problem.retryInSeconds).toBeLessThanOrEqual(30);
      }
      const recovered = events.filter(({ event }) => event === 'recovered');
      expect(recovered).toHaveLength(problems.length);
      for (const event of recovered) {
        expect(Object.keys(event)).toEqual(fields.recovered);
        expect(event.afterSeconds).toBeGreaterThan(0);
      }
      const end = events.at(-1);
      expect(end).toMatchObject({
        event: 'end',
        outcome: 'failure',
        counts: rollout.simulator.truth()?.counts,
      });
      // Retries are counted, too.
      expect(end?.apiCalls).toBe(rollout.requests());
    },
  );

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

describe('on the screen', () => {
  test.for([
    ['throttle', /throttled · data \d+ s old/],
    ['reset', /offline · data \d+ s old/],
    ['expired-credentials', /credentials · data \d+ s old/],
  ] as const)('%s: the rows stay, and the header says what is wrong', async ([kind, why], { expect }) => {
    await using rollout = await standingRollout(12);
    using terminal = openTerminal([...rollout.args, '--interval', '0.5']);
    const before = await terminal.waitFor(/22 of 60/, 'all rows');
    const mend = rollout.simulator.addFault({ kind });
    const rows = JSON.stringify(instancesOn(before).slice(0, 24));
    const struck = await terminal.waitFor(
      (screen) => why.test(screen[0] ?? '') && JSON.stringify(instancesOn(screen)) === rows,
      'the problem above the same rows',
    );
    expect(struck[0]).toMatch(/ old( · next try in \d+ s)?$/);
    expect(struck[3]).toMatch(/^ ! \S+/);
    mend();
    await terminal.waitFor(
      ([first = '', , , fourth = '']) => /every 0\.5 s · \d+ s ago$/.test(first) && /INSTANCE/.test(fourth),
      'recovery',
    );
  });
});
