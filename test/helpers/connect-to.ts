import { Connection, type ConnectionOptions } from '../../src/aws/connection.ts';
import type { Session } from '../../src/aws/session.ts';

export const staticCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** A session that leads to `endpointUrl`. */
export function sessionTo(endpointUrl: string | null, overrides: Partial<Session> = {}): Session {
  const endpointUrls = { ssm: endpointUrl, s3: endpointUrl, logs: endpointUrl };
  return {
    region: 'eu-west-1',
    profile: null,
    endpointUrls,
    environmentKeys: true,
    environmentToken: false,
    ...overrides,
  };
}

/** A connection to an endpoint, with credentials that are always good. */
export function connectTo(endpointUrl: string, options: Partial<ConnectionOptions> = {}): Connection {
  return new Connection(sessionTo(endpointUrl), {
    credentials: () => async () => staticCredentials,
    ...options,
  });
}
