import { vi } from 'vitest';
import { credentialProvider } from '../../src/aws/credentials.ts';
import { resolveSession } from '../../src/aws/session.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { AwsFiles } from './aws-files.ts';
import { CheckedKeys } from './checked-keys.ts';
import { TemporaryFolder } from './environment.ts';
import { openWatch, type WatchSetup } from './watch-simulator.ts';

/** What an operator's credentials are made of. */
export interface Operator {
  readonly aws: CheckedKeys;
  readonly files: AwsFiles;
  readonly folder: string;
}

/** Keys as the shared files have them. */
export const keysOf = (id: string) =>
  `aws_access_key_id = ${id}\naws_secret_access_key = secret\naws_session_token = token\n`;

/**
 * The watch of a rollout by an operator, whose credentials are what `begin` makes them: those of the profile `prod`, or
 * of the environment where that has keys.
 */
export async function watchAs(begin: (operator: Operator) => void, setup: WatchSetup) {
  const stack = new AsyncDisposableStack();
  const files = stack.use(new AwsFiles(''));
  const folder = stack.use(new TemporaryFolder()).path;
  let simulatorUrl = '';
  const aws = stack.use(await CheckedKeys.open(() => simulatorUrl));
  vi.stubEnv('AWS_ENDPOINT_URL_SSO', aws.url);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', aws.url);
  const operator: Operator = { aws, files, folder };
  begin(operator);
  const isOfEnvironment = process.env.AWS_ACCESS_KEY_ID !== undefined;
  const session = await resolveSession(
    { region: 'eu-west-1', endpointUrl: aws.url, ...(isOfEnvironment ? {} : { profile: 'prod' }) },
    process.env,
  );
  const noPrompt = () => Promise.reject(new Error('no code was expected to be asked for'));
  const watch = stack.use(
    await openWatch({
      ...setup,
      endpointUrl: aws.url,
      session,
      credentials: () => credentialProvider(session, noPrompt),
    }),
  );
  simulatorUrl = watch.simulator.url;
  await watch.connection.signIn();
  return {
    ...watch,
    operator,
    problems: (): Problem[] =>
      watch.events.flatMap((event) => (event.type === 'problem' ? [event.problem] : [])),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
