import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../src/aws/connection.ts';
import { type CredentialProvider, credentialProvider } from '../../src/aws/credentials.ts';
import { ObjectReader } from '../../src/aws/get-object.ts';
import { readCommand } from '../../src/aws/list-commands.ts';
import { resolveSession } from '../../src/aws/session.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { AwsFiles, mfaProfile } from '../helpers/aws-files.ts';
import { CheckedKeys } from '../helpers/checked-keys.ts';
import { connectTo, sessionTo } from '../helpers/connect-to.ts';
import { openEndpoint } from '../helpers/endpoint.ts';
import { TemporaryFolder } from '../helpers/environment.ts';
import { commandId } from '../helpers/fixtures.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});
const { signal } = new AbortController();
const expired = { status: 400, body: { __type: 'ExpiredTokenException', message: 'expired' } };
const empty = { body: { Commands: [] } };
const keyOf = (authorization = '') => /Credential=(\w+)/.exec(authorization)?.[1];

/** Credentials that are new each time a provider is made, and how many there were. */
function counted(find?: () => Promise<void>) {
  let made = 0;
  const credentials = (): CredentialProvider => {
    const accessKeyId = `AKID${made++}`;
    return async () => {
      await find?.();
      return { accessKeyId, secretAccessKey: 'secret' };
    };
  };
  return { credentials, made: () => made };
}

it('a code for MFA is asked for once, whatever else of AWS is opened', async () => {
  await using sts = await CheckedKeys.open(() => '');
  sts.roles.set('AKIDBASE', 'ASIA');
  await using s3 = await openEndpoint(() => ({
    headers: { 'content-range': 'bytes 0-1/2', 'content-type': 'text/plain' },
    body: 'ab',
  }));
  using _files = new AwsFiles(mfaProfile);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  const session = await resolveSession({ profile: 'prod', endpointUrl: s3.url }, process.env);
  let asked = 0;
  const connection = new Connection(session, {
    credentials: () =>
      credentialProvider(session, async () => {
        asked += 1;
        return '123456';
      }),
  });
  await connection.signIn();
  const location = { bucket: 'logs', key: 'stdout', region: 'eu-west-1' };
  const part = await new ObjectReader(connection).read(location, { from: 0, length: 2 }, signal);
  connection.close();
  expect(part?.bytes).toHaveLength(2);
  expect(s3.calls.map(({ headers }) => keyOf(headers.authorization))).toEqual(['ASIA']);
  expect(asked).toBe(1);
});

describe('credentials that needed a code for MFA', () => {
  /** Found once; each later lookup wants another code. */
  function withCode(lifetime?: number) {
    let made = 0;
    const credentials = (): CredentialProvider => {
      made += 1;
      const isFirst = made === 1;
      return async () => {
        if (!isFirst) throw new RemoteError(needed);
        const expiration = lifetime === undefined ? {} : { expiration: new Date(Date.now() + lifetime) };
        return { accessKeyId: 'ASIA', secretAccessKey: 'secret', ...expiration };
      };
    };
    return { credentials, made: () => made };
  }
  const needed = { kind: 'credentials', message: 'an MFA code is needed again', needsAction: true } as const;
  const read = (connection: Connection) => readCommand(connection, commandId, signal);
  const refusal = (type: string, message = 'no') => ({ status: 400, body: { __type: type, message } });

  it.each([
    ['does not know them', 'InvalidAccessKeyId', 1],
    ['says that they have expired', 'ExpiredToken', 2],
  ])('are kept when S3 %s', async (_, code, lookups) => {
    const { credentials, made } = withCode();
    const body = `<Error><Code>${code}</Code><Message>No.</Message></Error>`;
    await using endpoint = await openEndpoint(({ operation }) =>
      operation === '' ? { status: 403, headers: { 'content-type': 'application/xml' }, body } : empty,
    );
    const connection = connectTo(endpoint.url, { credentials });
    const location = { bucket: 'logs', key: 'stdout', region: 'eu-west-1' };
    const part = new ObjectReader(connection).read(location, { from: 0, length: 2 }, signal);
    await expect(part).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await expect(read(connection)).resolves.toBeNull();
    connection.close();
    expect(made()).toBe(lookups);
  });

  it.each([
    ['the clock is wrong', refusal('InvalidSignatureException', 'Signature expired: it is now'), /clock/, 1],
    ['AWS does not know them', refusal('UnrecognizedClientException'), /UnrecognizedClientException/, 2],
    ['the signature is not theirs', refusal('SignatureDoesNotMatch'), /signature/, 2],
  ])('are good again after %s for a while', async (_, answer, told, lookups) => {
    const { credentials, made } = withCode();
    let isRefused = true;
    await using endpoint = await openEndpoint(() => (isRefused ? answer : empty));
    const connection = connectTo(endpoint.url, { credentials });
    await expect(read(connection)).rejects.toMatchObject({
      problem: { message: expect.stringMatching(told) },
    });
    isRefused = false;
    await expect(read(connection)).resolves.toBeNull();
    await expect(read(connection)).resolves.toBeNull();
    connection.close();
    expect(made()).toBe(lookups);
  });

  it('are refused for good: what is told is that a code is needed', async () => {
    const { credentials } = withCode();
    await using endpoint = await openEndpoint(() => refusal('UnrecognizedClientException'));
    const connection = connectTo(endpoint.url, { credentials });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await expect(read(connection)).rejects.toMatchObject({ problem: needed });
    await expect(read(connection)).rejects.toMatchObject({ problem: needed });
    connection.close();
  });

  it('have expired: they are not tried again', async () => {
    const { credentials } = withCode();
    await using endpoint = await openEndpoint(() => expired);
    const connection = connectTo(endpoint.url, { credentials });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await expect(read(connection)).rejects.toMatchObject({ problem: needed });
    connection.close();
    expect(endpoint.calls).toHaveLength(1);
  });

  it('are over by their own time: they are not fallen back to', async () => {
    const { credentials } = withCode(-1);
    await using endpoint = await openEndpoint(() => refusal('UnrecognizedClientException'));
    const connection = connectTo(endpoint.url, { credentials });
    await expect(read(connection)).rejects.toMatchObject({ problem: { kind: 'credentials' } });
    await expect(read(connection)).rejects.toMatchObject({ problem: needed });
    connection.close();
    expect(endpoint.calls).toHaveLength(1);
  });
});

it('calls that fail together renew the credentials once, and cut off none of each other', async () => {
  const { credentials, made } = counted();
  const allUnderWay = Promise.withResolvers<void>();
  const othersFailed = Promise.withResolvers<void>();
  await using endpoint = await openEndpoint(async (call, index) => {
    if (index === 2) allUnderWay.resolve();
    if (index < 3) await allUnderWay.promise;
    if (index === 0) await othersFailed.promise;
    return keyOf(call.headers.authorization) === 'AKID0' ? expired : empty;
  });
  const connection = connectTo(endpoint.url, { credentials });
  const read = () => readCommand(connection, commandId, signal);
  let failures = 0;
  const calls = [read(), read(), read()].map((call) =>
    call.finally(() => {
      failures += 1;
      if (failures === 2) othersFailed.resolve();
    }),
  );
  const failed = await Promise.allSettled(calls);
  const kinds = failed.map((result) => result.status === 'rejected' && result.reason.problem.kind);
  expect(kinds).toEqual(['credentials', 'credentials', 'credentials']);
  await read();
  connection.close();
  expect(made()).toBe(2);
  expect(keyOf(endpoint.calls.at(-1)?.headers.authorization)).toBe('AKID1');
});

it('credentials that never come are looked for afresh after the limit on a call', async () => {
  let hangs = true;
  const { credentials, made } = counted(() => (hangs ? new Promise(() => {}) : Promise.resolve()));
  await using endpoint = await openEndpoint(() => empty);
  const session = sessionTo(endpoint.url, { profile: 'prod', environmentKeys: false });
  const connection = new Connection(session, { credentials });
  const read = () => readCommand(connection, commandId, signal);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const late = expect(read()).rejects.toMatchObject({
    problem: {
      kind: 'network',
      needsAction: false,
      message: 'the credentials of profile prod could not be fetched within 30 s',
    },
  });
  await vi.advanceTimersByTimeAsync(30_000);
  await late;
  vi.useRealTimers();
  hangs = false;
  await expect(read()).resolves.toBeNull();
  connection.close();
  expect(made()).toBe(2);
});

describe('a sign-in that never ends', () => {
  const signIn = async (config: string, isAsking: boolean) => {
    using _files = new AwsFiles(config);
    const session = sessionTo(null, { profile: 'prod', environmentKeys: false });
    const found = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    const { credentials } = counted(() => found.promise);
    const hasAsked = () => {
      late.resolve();
      return isAsking;
    };
    const connection = new Connection(session, { credentials, callLimit: 20, hasAsked });
    const signedIn = connection.signIn();
    signedIn.catch(() => {});
    // It asks so once the limit is over; what it then finds out we find out later.
    await late.promise;
    if (await connection.credentials.mayAskPerson()) found.resolve();
    return await signedIn;
  };

  it('is given up after the limit on a call, for the calls to try again', () =>
    expect(signIn('', false)).rejects.toMatchObject({
      problem: {
        kind: 'network',
        needsAction: false,
        message: 'the credentials of profile prod could not be fetched within 0.02 s',
      },
    }));

  it('is waited for while a person is asked', () => expect(signIn('', true)).resolves.toBeUndefined());

  it('is waited for while a process runs, which may be asking one', () =>
    expect(signIn('[profile prod]\ncredential_process = x\n', false)).resolves.toBeUndefined());
});

describe('a profile with a process', () => {
  const profile = (command: string) =>
    `[profile prod]\nregion = eu-west-1\ncredential_process = ${command}\n`;
  const signIn = async () => {
    const session = await resolveSession({ profile: 'prod' }, process.env);
    const connection = new Connection(session, {
      credentials: () => credentialProvider(session, () => Promise.reject(new Error('no code'))),
    });
    await connection.signIn();
    return connection;
  };

  it.each([
    ['echo "log in first" >&2; exit 1', 'failed: log in first'],
    ['exit 3', 'failed: it ended with an error'],
    ['echo hello', 'failed: returned invalid JSON.'],
    ['echo "{}"', 'failed: did not return Version 1.'],
  ])('%s: says so, and never the command, which may hold secrets', async (script, message) => {
    using folder = new TemporaryFolder();
    const file = join(folder.path, 'script');
    writeFileSync(file, script);
    using _files = new AwsFiles(profile(`sh ${file} --token hunter2`));
    await expect(signIn()).rejects.toMatchObject({
      problem: { kind: 'credentials', message: `the credential_process of profile prod ${message}` },
    });
  });

  it('that fails is not replaced by the credentials of the machine', async () => {
    await using container = await openEndpoint(() => ({
      body: { AccessKeyId: 'MACHINE', SecretAccessKey: 's', Token: 't', Expiration: '2099-01-01T00:00:00Z' },
    }));
    using _files = new AwsFiles(profile('false'));
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${container.url}/credentials`);
    await expect(signIn()).rejects.toMatchObject({
      problem: {
        kind: 'credentials',
        message: expect.stringContaining('credential_process of profile prod'),
      },
    });
  });
});
