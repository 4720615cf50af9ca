import { afterEach, describe, expect, test } from 'vitest';
import { closeFaultySimulators, list, sdkList, startEnded } from '../faulty-simulator.ts';
import { post } from '../fixtures.ts';

afterEach(closeFaultySimulators);

describe('an error', () => {
  test.each([
    ['500', 500, 'InternalServerError', 'An error occurred on the server side.'],
    ['503', 503, 'ServiceUnavailable', 'Service is unable to handle request.'],
    ['throttle', 400, 'ThrottlingException', 'Rate exceeded'],
    [
      'expired-credentials',
      400,
      'ExpiredTokenException',
      'The security token included in the request is expired',
    ],
    [
      'unrecognized-client',
      400,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'access-denied',
      400,
      'AccessDeniedException',
      'User: arn:aws:sts::123456789012:assumed-role/oncall/me is not authorized to perform: ssm:ListCommandInvocations on resource: * because no identity-based policy allows the ssm:ListCommandInvocations action',
    ],
  ] as const)('%s', async (kind, httpStatusCode, name, message) => {
    const { simulator } = await startEnded({ kind });
    await expect(sdkList(simulator)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
    expect(simulator.requests).toHaveLength(1);
  });

  test('has Retry-After where given', async () => {
    const { simulator } = await startEnded({ kind: '503', retryAfterSeconds: 3 });
    expect((await list(simulator)).headers.get('retry-after')).toBe('3');
  });

  test('strikes its operation only, in its window only', async () => {
    const fault = { operation: 'ListCommands', kind: 'throttle', from: 70_000, until: 80_000 } as const;
    const { simulator, clock } = await startEnded(fault);
    const statuses = async () => [
      (await post(simulator, 'ListCommands', {})).status,
      (await list(simulator)).status,
    ];
    expect(await statuses()).toEqual([200, 200]);
    clock.advance(10_000);
    expect(await statuses()).toEqual([400, 200]);
    clock.advance(10_000);
    expect(await statuses()).toEqual([200, 200]);
  });

  test('can be added and taken away while it runs', async () => {
    const { simulator } = await startEnded({ kind: '500', times: 0 });
    const remove = simulator.addFault({ kind: 'access-denied' });
    expect((await list(simulator)).status).toBe(400);
    remove();
    expect((await list(simulator)).status).toBe(200);
  });
});
