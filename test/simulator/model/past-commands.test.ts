import { ListCommandsCommand, paginateListCommands } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/simulator/model/clock.ts';
import { pastCommandsOf } from '../../../src/simulator/model/past-commands.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, sentAt } from '../fixtures.ts';

test('the same seed has the same past, and another seed another', () => {
  expect(pastCommandsOf(3)).toEqual(pastCommandsOf(3));
  expect(pastCommandsOf(3)).not.toEqual(pastCommandsOf(4));
});

describe.each([1, 2, 3, 4, 5])('the past of seed %i', (seed) => {
  test('is 120 commands of 30 days, oldest first, each its own', () => {
    const past = pastCommandsOf(seed);
    const hours = past.map(({ hoursAgo }) => hoursAgo);
    expect(past).toHaveLength(120);
    expect(hours).toEqual(hours.toSorted((left, right) => right - left));
    expect(hours[0]).toBeLessThan(30 * 24);
    expect(new Set(past.map(({ identity }) => identity.join('/'))).size).toBe(120);
  });

  test.each([1, 40])('is varied and over, with %i instances', async (instances) => {
    const simulator = await startSimulator({
      scenario: 'healthy',
      seed,
      instances,
      pagingTricks: false,
      clock: manualClock(sentAt),
    });
    const client = clientOf(simulator);
    const pages = paginateListCommands(
      { client },
      { Filters: [{ key: 'ExecutionStage', value: 'Complete' }] },
    );
    const commands = [];
    for await (const page of pages) commands.push(...(page.Commands ?? []));
    expect(commands).toHaveLength(120);
    const named = commands.filter(({ Targets = [] }) => Targets.length === 0);
    expect(named.length).toBeGreaterThan(0);
    expect(named.every(({ TargetCount }) => (TargetCount ?? 0) > 0)).toBe(true);
    expect(new Set(commands.map(({ DocumentName }) => DocumentName)).size).toBe(5);
    expect(new Set(commands.map(({ Comment }) => Comment)).size).toBeGreaterThan(15);
    if (instances === 40) {
      const details = new Set(commands.map(({ StatusDetails }) => StatusDetails));
      for (const one of [
        'Success',
        'Failed',
        'Cancelled',
        'Incomplete',
        'NoInstancesInTag',
        'FailedDueToAlarm',
      ]) {
        expect(details).toContain(one);
      }
      const alarmed = commands.filter(({ TriggeredAlarms = [] }) => TriggeredAlarms.length > 0);
      expect(alarmed.length).toBeGreaterThan(0);
      expect(alarmed.every(({ StatusDetails }) => StatusDetails === 'FailedDueToAlarm')).toBe(true);
    }
    await simulator.close();
  });
});

test('commands fall out of the history after 30 days', async () => {
  const clock = manualClock(sentAt);
  const simulator = await startSimulator({ scenario: 'healthy', clock });
  const first = async () => (await clientOf(simulator).send(new ListCommandsCommand({}))).Commands?.length;
  clock.advance(29.9 * 24 * 3_600_000);
  expect(await first()).toBeLessThan(10);
  clock.advance(24 * 3_600_000);
  expect(await first()).toBe(0);
  await simulator.close();
});
