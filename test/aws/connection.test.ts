import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection, type ConnectionOptions } from '../../src/aws/connection.ts';
import type { CredentialProvider } from '../../src/aws/credentials.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import type { Session } from '../../src/aws/session.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles } from '../helpers/aws-files.ts';
import { sessionTo, staticCredentials } from '../helpers/connect-to.ts';
import { closedPort, type Endpoint, openEndpoint } from '../helpers/endpoint.ts';
import { commandId } from '../helpers/fixtures.ts';
import { openWatch, type SimulatedWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();
const opened: Connection[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const connection of opened.splice(0)) connection.close();
});

const { signal } = new AbortController();

function connect(session: Session, options: Partial<ConnectionOptions> = {}): Connection {
  const connection = new Connection(session, {
    credentials: () => async () => staticCredentials,
    ...options,
  });
  opened.push(connection);
  return connection;
}

const read = (connection: Connection, abort = signal) => readCommand(connection, commandId, abort);
const empty = { body: { Commands: [] } };

it('tells when the first request is sent, and not before', async () => {
  await using watch = await openWatch();
  const { connection } = watch;
  let sent = false;
  const telling = connection.firstRequest.then(() => {
    sent = true;
  });
  await connection.signIn();
  expect(sent).toBe(false);
  await Promise.all([telling, read(connection)]);
  expect(connection.requests).toBe(1);
});

describe('the count of requests', () => {
  it('is that of the server, retries included', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
    await using watch = await openWatch({ faults: [{ kind: '500', times: 4 }] });
    const { connection, simulator } = watch;
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'service' } });
    expect(connection.requests).toBe(3);
    await expect(read(connection)).resolves.toBeNull();
    expect(connection.requests).toBe(5);
    expect(simulator.requests).toHaveLength(5);
  });

  it('goes on when the credentials were renewed', async () => {
    await using watch = await openWatch({ faults: [{ kind: 'expired-credentials', times: 1 }] });
    await expect(read(watch.connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await read(watch.connection);
    expect(watch.connection.requests).toBe(2);
    expect(watch.simulator.requests).toHaveLength(2);
  });

  it('goes on by the clock of AWS, where this machine has another', async () => {
    await using watch = await openWatch({ faults: [{ kind: 'skewed-clock' }] });
    await expect(read(watch.connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await read(watch.connection);
    expect(watch.simulator.requests.map(({ status }) => status)).toEqual([400, 200]);
  });

  it('is that of a whole watch', async () => {
    await using watch = await openWatch({ scenario: 'throttled' });
    await watch.run();
    expect(watch.connection.requests).toBe(watch.simulator.requests.length);
  });
});

describe("AWS's time", () => {
  it.each([
    ['the same', 0, 0],
    ['a little different, as the wire makes it', 2_000, 0],
    ['a little different the other way', -2_000, 0],
    ['an hour ahead', 3_600_000, 3_600_000],
    ['an hour behind', -3_600_000, -3_600_000],
    ['four seconds ahead', 4_000, 4_000],
  ])('is %s', async (_, difference, correction) => {
    const now = Date.UTC(2026, 8, 27, 0, 39, 3);
    const date = new Date(now + difference).toUTCString();
    await using endpoint = await openEndpoint(() => ({ ...empty, headers: { date } }));
    const connection = connect(sessionTo(endpoint.url), { now: () => now });
    expect(connection.awsTime()).toBe(now);
    await read(connection);
    expect(connection.awsTime()).toBe(now + correction);
  });

  it.each([-2_600, -3_400, 2_600, 3_400])(
    'does not go back where the clocks differ by %i ms, though the wire has whole seconds',
    async (difference) => {
      const start = Date.UTC(2026, 8, 27, 0, 39, 3);
      let now = start;
      await using endpoint = await openEndpoint(() => ({
        ...empty,
        headers: { date: new Date(now + difference).toUTCString() },
      }));
      const connection = connect(sessionTo(endpoint.url), { now: () => now });
      const told: number[] = [];
      for (; now < start + 5_000; now += 150) {
        await read(connection);
        told.push(connection.awsTime());
      }
      expect(told).toEqual(told.toSorted((a, b) => a - b));
    },
  );

  it('follows a clock that was set', async () => {
    const now = Date.UTC(2026, 8, 27, 0, 39, 3);
    const dates = [new Date(now + 60_000).toUTCString(), 'no date', new Date(now).toUTCString()];
    await using endpoint = await openEndpoint((_, index) => ({
      ...empty,
      headers: { date: dates[index] ?? '' },
    }));
    const connection = connect(sessionTo(endpoint.url), { now: () => now });
    const corrections = [];
    for (const _ of dates) {
      await read(connection);
      corrections.push(connection.awsTime() - now);
    }
    expect(corrections).toEqual([60_000, 60_000, 0]);
  });
});

describe('credentials', () => {
  /** Factories that give these identities in turn, the last one on and on. */
  function inTurn(...accounts: readonly string[]) {
    let made = 0;
    const credentials = (): CredentialProvider => {
      const accountId = accounts[Math.min(made, accounts.length - 1)] ?? '';
      made += 1;
      return async () => ({ accessKeyId: `AKID${accountId}`, secretAccessKey: 'secret', accountId });
    };
    return { credentials, made: () => made };
  }

  const expired = { status: 400, body: { __type: 'ExpiredTokenException', message: 'expired' } };
  const keysOf = ({ calls }: Endpoint) =>
    calls.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1]);

  it('are found afresh for the call after the one that was refused', async () => {
    await using endpoint = await openEndpoint((_, index) => (index === 0 ? expired : empty));
    const found = ['AKIDOLD', 'AKIDNEW'];
    let made = 0;
    const connection = connect(sessionTo(endpoint.url), {
      credentials: () => {
        const accessKeyId = found[made++] ?? 'AKIDMORE';
        return async () => ({ accessKeyId, secretAccessKey: 'secret' });
      },
    });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await read(connection);
    await read(connection);
    expect(keysOf(endpoint)).toEqual(['AKIDOLD', 'AKIDNEW', 'AKIDNEW']);
  });

  it.each(['500', 'access-denied', 'throttle'] as const)('are kept after %s', async (kind) => {
    const { credentials, made } = inTurn('111111111111');
    await using watch = await openWatch({ faults: [{ kind }], credentials });
    await expect(read(watch.connection)).rejects.toMatchObject({ problem: {} });
    expect(made()).toBe(1);
  });

  it('of another account are refused, and nothing is sent with them', async () => {
    await using endpoint = await openEndpoint((_, index) => (index === 0 ? expired : empty));
    const { credentials } = inTurn('111111111111', '222222222222', '111111111111');
    const connection = connect(sessionTo(endpoint.url), { credentials });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await expect(read(connection)).rejects.toMatchObject({
      problem: { kind: 'credentials', message: expect.stringMatching(/222222222222.*111111111111/) },
    });
    expect(endpoint.calls).toHaveLength(1);
    await read(connection);
    expect(keysOf(endpoint)).toEqual(['AKID111111111111', 'AKID111111111111']);
    expect(connection.account).toBe('111111111111');
  });

  it('are found by signing in, without a call', async () => {
    await using watch = await openWatch(inTurn('111111111111'));
    expect(watch.connection.account).toBeNull();
    await watch.connection.signIn();
    expect(watch.connection.account).toBe('111111111111');
    expect(watch.simulator.requests).toEqual([]);
  });

  it('that cannot be found are a problem of the sign-in', async () => {
    const connection = connect(sessionTo('http://127.0.0.1:9'), {
      credentials: () => async () => {
        throw Object.assign(new Error('Token is expired'), { name: 'CredentialsProviderError' });
      },
    });
    await expect(connection.signIn()).rejects.toMatchObject({ problem: { kind: 'credentials' } });
  });
});

describe('a call', () => {
  const hanging = () => openWatch({ faults: [{ kind: 'hang' }] });

  it('that is aborted rejects with the reason', async () => {
    await using watch = await hanging();
    const abort = new AbortController();
    const reason = new Error('left');
    const called = read(watch.connection, abort.signal);
    await expect.poll(() => watch.simulator.requests.length).toBe(1);
    abort.abort(reason);
    await expect(called).rejects.toBe(reason);
  });

  it('that is aborted before it begins is not sent', async () => {
    await using watch = await openWatch();
    await expect(read(watch.connection, AbortSignal.abort('left'))).rejects.toBe('left');
    expect(watch.simulator.requests).toEqual([]);
  });

  it('that is aborted while the SDK waits to try again rejects with the reason', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
    await using watch: SimulatedWatch = await openWatch({ faults: [{ kind: '503', retryAfterSeconds: 20 }] });
    const abort = new AbortController();
    const called = read(watch.connection, abort.signal);
    await expect.poll(() => watch.simulator.requests.length).toBe(1);
    abort.abort('left');
    await expect(called).rejects.toBe('left');
    expect(watch.simulator.requests).toHaveLength(1);
  });

  it('is ended by the limit also where its credentials never come', async () => {
    const never = new Promise<never>(() => {});
    const connection = connect(sessionTo('http://127.0.0.1:9'), {
      credentials: () => () => never,
      callLimit: 50,
    });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'network' } });
  });

  it('that is aborted where its credentials never come rejects with the reason', async () => {
    const never = new Promise<never>(() => {});
    const connection = connect(sessionTo('http://127.0.0.1:9'), { credentials: () => () => never });
    const abort = new AbortController();
    const called = read(connection, abort.signal);
    abort.abort('left');
    await expect(called).rejects.toBe('left');
  });

  it('is ended by the limit, retries and their pauses included', async () => {
    vi.stubEnv('AWS_MAX_ATTEMPTS', '3');
    await using watch = await openWatch({ faults: [{ kind: '503', retryAfterSeconds: 20 }], callLimit: 200 });
    await expect(read(watch.connection)).rejects.toMatchObject({ problem: { kind: 'network' } });
  });
});

describe('the endpoint', () => {
  async function reached(session: Partial<Session>, env: Record<string, string>, config = ''): Promise<void> {
    using _files = new AwsFiles(config);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await read(connect(sessionTo(null, session)));
  }

  it('is --endpoint-url, then AWS_ENDPOINT_URL_SSM, then AWS_ENDPOINT_URL', async () => {
    await using endpoint = await openEndpoint(() => empty);
    const closed = await closedPort();
    await reached(sessionTo(endpoint.url), { AWS_ENDPOINT_URL_SSM: closed, AWS_ENDPOINT_URL: closed });
    await reached({}, { AWS_ENDPOINT_URL_SSM: endpoint.url, AWS_ENDPOINT_URL: closed });
    await reached({}, { AWS_ENDPOINT_URL: endpoint.url });
    expect(endpoint.calls).toHaveLength(3);
  });

  it("is the profile's, of AWS_PROFILE", async () => {
    await using endpoint = await openEndpoint(() => empty);
    const config = `[profile dev]\nendpoint_url = ${endpoint.url}\n`;
    await reached({ profile: null }, { AWS_PROFILE: 'dev' }, config);
    expect(endpoint.calls).toHaveLength(1);
  });
  it('is called for the region', async () => {
    await using endpoint = await openEndpoint(() => empty);
    await reached(sessionTo(endpoint.url, { region: 'ap-southeast-2' }), {});
    expect(endpoint.calls[0]?.headers.authorization).toContain('/ap-southeast-2/ssm/aws4_request');
  });
});
