import { ListCommandsCommand } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, test } from 'vitest';
import { closeFaultySimulators, list, sdkList, startEnded } from './faulty-simulator.ts';
import { clientOf, post } from './fixtures.ts';

afterEach(closeFaultySimulators);

describe('a broken connection', () => {
  test('hang gives no answer until the client gives up', async () => {
    const { simulator } = await startEnded({ kind: 'hang' });
    const controller = new AbortController();
    const waiting = clientOf(simulator).send(new ListCommandsCommand({}), { abortSignal: controller.signal });
    await expect.poll(() => simulator.requests.length).toBe(1);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(simulator.requests[0]).toMatchObject({ operation: 'ListCommands', status: 0 });
  });

  test('close ends a hanging connection too', async () => {
    const { simulator } = await startEnded({ kind: 'hang' });
    const ended = list(simulator).then(
      () => 'answered',
      () => 'ended',
    );
    await expect.poll(() => simulator.requests.length).toBe(1);
    await simulator.close();
    expect(await ended).toBe('ended');
  });

  test('slow-drip sends the headers and then a byte at a time', async () => {
    const { simulator } = await startEnded({ kind: 'slow-drip' });
    const response = await list(simulator);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value as Uint8Array)).toMatch(/^\{.{0,9}$/);
    await reader?.cancel();
  });

  test('slow-drip comes to its end', async () => {
    const { simulator } = await startEnded({ kind: 'slow-drip' });
    const answer = await post(simulator, 'CancelCommand', { CommandId: simulator.commandId });
    expect(await answer.json()).toEqual({});
  });

  test('reset cuts it', async () => {
    const { simulator } = await startEnded({ kind: 'reset' });
    await expect(sdkList(simulator)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('html is 200 with a page', async () => {
    const { simulator } = await startEnded({ kind: 'html' });
    const response = await list(simulator);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    await expect(sdkList(simulator)).rejects.toThrow(SyntaxError);
  });

  test('cut-json ends half-way', async () => {
    const { simulator } = await startEnded({ kind: 'cut-json' });
    await expect(sdkList(simulator)).rejects.toThrow(SyntaxError);
  });
});
