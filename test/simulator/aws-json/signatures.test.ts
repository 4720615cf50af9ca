import { afterEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../../src/simulator/server.ts';
import { closeFaultySimulators, startEnded } from '../faulty-simulator.ts';
import { post } from '../fixtures.ts';

afterEach(closeFaultySimulators);

describe('a skewed clock', () => {
  const signedAt = (date: string) => ({ 'x-amz-date': date });
  const call = (simulator: Simulator, headers: Record<string, string>) =>
    post(simulator, 'ListCommands', {}, headers);

  test('is told in Date, and refuses what was signed by another', async () => {
    // 00:40:03 by its own clock.
    const { simulator } = await startEnded({ kind: 'skewed-clock' });
    const expired = await call(simulator, signedAt('20260927T004003Z'));
    expect(expired.headers.get('date')).toBe('Sun, 27 Sep 2026 00:50:03 GMT');
    expect([expired.status, await expired.json()]).toEqual([
      400,
      {
        __type: 'InvalidSignatureException',
        message:
          'Signature expired: 20260927T004003Z is now earlier than 20260927T004503Z (20260927T005003Z - 5 min.)',
      },
    ]);
    const early = await call(simulator, signedAt('20260927T010003Z'));
    expect(await early.json()).toMatchObject({
      message: expect.stringContaining('Signature not yet current: 20260927T010003Z is still later than'),
    });
    expect((await call(simulator, signedAt('20260927T005003Z'))).status).toBe(200);
    expect((await call(simulator, {})).status).toBe(400);
  });
});
