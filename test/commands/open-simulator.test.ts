import { describe, expect, it } from 'vitest';
import { openSimulator } from '../../src/commands/open-simulator.ts';
import { type SimulatorChoice, UsageError } from '../../src/options.ts';
import { post } from '../simulator/fixtures.ts';

const choice: SimulatorChoice = { scenario: 'stopped', instances: 7, seed: 3, speed: 1_000, fault: [] };

describe('the simulator', () => {
  it('is opened as the command line asks', async () => {
    const simulator = await openSimulator(
      { ...choice, fault: [{ operation: 'ListCommands', kind: '500' }] },
      0,
    );
    try {
      expect(simulator.truth()).toMatchObject({ targetCount: 7 });
      expect((await post(simulator, 'ListCommands', {})).status).toBe(500);
      expect((await post(simulator, 'ListCommandInvocations', {})).status).toBe(200);
    } finally {
      await simulator.close();
    }
  });

  it('of the same seed is the same', async () => {
    const opened = [await openSimulator(choice, 0), await openSimulator(choice, 0)];
    const [first, second] = opened;
    expect(first?.commandId).toBe(second?.commandId);
    for (const simulator of opened) await simulator.close();
  });

  it('on a port that is taken is a usage error that names it', async () => {
    const simulator = await openSimulator(choice, 0);
    const port = Number(new URL(simulator.url).port);
    try {
      await expect(openSimulator(choice, port)).rejects.toThrow(UsageError);
      await expect(openSimulator(choice, port)).rejects.toThrow(new RegExp(`${port}.*--port`));
    } finally {
      await simulator.close();
    }
  });
});
