import { expect, it } from 'vitest';
import type { Session } from '../../src/aws/session.ts';
import { cliOptions } from '../../src/commands/cli-options.ts';

const session: Session = {
  region: 'eu-west-1',
  profile: null,
  endpointUrls: { ssm: null, s3: null, logs: null },
  environmentKeys: false,
  environmentToken: false,
};
const to = (ssm: string) => ({ endpointUrls: { ...session.endpointUrls, ssm } });

it.each<[string, Partial<Session>, string]>([
  ['AWS itself', {}, '--region eu-west-1'],
  ['a profile', { profile: 'prod' }, '--region eu-west-1 --profile prod'],
  ['a profile to be quoted', { profile: 'a b$(id)' }, "--region eu-west-1 --profile 'a b$(id)'"],
  ['an endpoint', to('http://127.0.0.1:4567'), '--region eu-west-1 --endpoint-url http://127.0.0.1:4567'],
  ['an endpoint to be quoted', to('http://a/?b&c'), "--region eu-west-1 --endpoint-url 'http://a/?b&c'"],
  [
    'an endpoint with a password',
    to('http://alice:hunter2@a:1'),
    '--region eu-west-1 --endpoint-url http://a:1/',
  ],
])('of %s', (_, change, options) => expect(cliOptions({ ...session, ...change })).toBe(options));
