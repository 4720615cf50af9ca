import { describe, test } from 'vitest';
import { movingRollout, standingRollout } from '../helpers/rollout.ts';
import { RunningProgram, runProgram } from '../helpers/run-program.ts';
import { type Event, endOf, eventsOf, fields } from './json-lines.ts';

/** A `-o json` run of a rollout from its first second to its end. */
async function watchAll(scenario: 'healthy' | 'bad' | 'two-plugins' | 'stopped' | 'no-targets') {
  const rollout = await movingRollout(10, { scenario });
  const run = await runProgram([...rollout.args, '-o', 'json', '--interval', '0.5']);
  return { rollout, run, events: eventsOf(run.stdout) };
}

const ofKind = (events: readonly Event[], kind: string) => events.filter(({ event }) => event === kind);

describe.concurrent('-o json', () => {
  test.for([
    ['healthy', 'success', 0],
    ['bad', 'failure', 1],
    ['two-plugins', 'failure', 1],
    ['stopped', 'failure', 1],
    ['no-targets', 'no-targets', 4],
  ] as const)('%s: tells it all, and ends with %s', async ([scenario, outcome, exitCode], { expect }) => {
    const { rollout, run, events } = await watchAll(scenario);
    await using _ = rollout;
    const { commandId } = rollout.simulator;
    const truth = rollout.simulator.truth();
    expect(run).toMatchObject({ exitCode, stderr: '' });
    expect(events[0]).toMatchObject({ event: 'command', commandId, region: 'eu-west-1' });
    expect(ofKind(events, 'end')).toHaveLength(1);
    const end = events.at(-1);
    expect(end).toMatchObject({ event: 'end', commandId, outcome, exitCode, counts: truth?.counts });
    expect(end?.apiCalls).toBe(rollout.requests());
    expect(end?.durationSeconds).toBeGreaterThan(scenario === 'no-targets' ? 0 : 5);
    expect(end?.durationSeconds).toBeLessThan(120);
    for (const event of events) {
      expect(Object.keys(event)).toEqual(fields[event.event]);
      expect(new Date(event.at).toISOString()).toBe(event.at);
    }
    const lastCommand = ofKind(events, 'command').at(-1);
    expect(lastCommand).toMatchObject({ status: truth?.command.status, targetCount: truth?.targetCount });
    // As they end in truth: every invocation, with its plugins.
    const last = new Map(ofKind(events, 'invocation').map((event) => [event.instanceId, event]));
    expect(last.size).toBe(truth?.invocations.length);
    for (const { instanceId, status, statusDetails } of truth?.invocations ?? []) {
      expect(last.get(instanceId)).toMatchObject({ status, statusDetails, terminal: true });
    }
  });

  test('an invocation is told when first seen and on a change, and its end with its plugins', async ({
    expect,
  }) => {
    const { rollout, events } = await watchAll('two-plugins');
    await using _ = rollout;
    for (const history of Map.groupBy(ofKind(events, 'invocation'), (event) => event.instanceId).values()) {
      for (const [index, event] of history.entries()) {
        const previous = history[index - 1];
        expect(event.previousStatusDetails).toBe(previous?.statusDetails ?? null);
        const state = (told: Event | undefined) =>
          JSON.stringify([told?.status, told?.statusDetails, told?.plugins]);
        expect(state(event)).not.toBe(state(previous));
        for (const plugin of event.plugins as object[]) {
          const pluginFields = ['name', 'status', 'statusDetails', 'responseCode', 'startedAt', 'finishedAt'];
          expect(Object.keys(plugin)).toEqual(pluginFields);
        }
        expect(event.terminal).toBe(
          ['Success', 'Failed', 'TimedOut', 'Cancelled'].includes(String(event.status)),
        );
        const failed = event.terminal === true && event.statusDetails !== 'Success';
        expect(typeof event.detail).toBe(failed ? 'string' : 'object');
        expect(event.detail ?? '').not.toContain('\n');
      }
      const end = history.at(-1);
      expect(history.filter(({ terminal }) => terminal)).toHaveLength(1);
      const plugins = (end?.plugins ?? []) as { finishedAt: unknown; status: string }[];
      expect(plugins.length).toBeGreaterThan(0);
      if (end?.statusDetails === 'Success')
        expect(plugins.every(({ status }) => status === 'Success')).toBe(true);
    }
  });

  test('limits invocation events, and nothing else', async ({ expect }) => {
    await using rollout = await standingRollout(120);
    const args = [...rollout.args, '-o', 'json'];
    const all = endOf((await runProgram(args)).stdout);
    for (const [limit, count] of [
      [['--failures'], 15],
      [['--status', 'Success,delivery timed out'], 47],
      [['--filter', 'APT-GET'], 2],
    ] as const) {
      const events = eventsOf((await runProgram([...args, ...limit])).stdout);
      expect(ofKind(events, 'invocation')).toHaveLength(count);
      expect(events.at(-1)?.counts).toEqual(all?.counts);
      expect(events.at(-1)?.exitCode).toBe(1);
    }
  });

  test('ends with `end` however it ends', async ({ expect }) => {
    await using rollout = await standingRollout(12);
    const args = [...rollout.args, '-o', 'json'];
    const truth = rollout.simulator.truth();
    const once = await runProgram([...args, '--once']);
    expect(once.exitCode).toBe(5);
    expect(endOf(once.stdout)).toMatchObject({ event: 'end', outcome: 'in-progress', exitCode: 5 });
    expect(ofKind(eventsOf(once.stdout), 'invocation')).toHaveLength(60);
    const timeout = await runProgram([...args, '--timeout', '1s']);
    expect(timeout.exitCode).toBe(124);
    expect(endOf(timeout.stdout)).toMatchObject({ event: 'end', outcome: 'timeout', exitCode: 124 });
    using program = new RunningProgram(args);
    await program.waitForOutput(/Undeliverable/);
    program.kill('SIGTERM');
    const interrupted = await program.ended;
    expect(interrupted.exitCode).toBe(143);
    const end = endOf(interrupted.stdout);
    expect(end).toMatchObject({ event: 'end', outcome: 'interrupted', exitCode: 143 });
    expect(Object.values(end?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(
      truth?.targetCount ?? 0,
    );
  });
});
