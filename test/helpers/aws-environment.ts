import { afterAll, beforeAll } from 'vitest';

/** Nothing of this machine's AWS settings, and no way to instance metadata. */
const isolated = {
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
  /** The SDK's pauses between retries are real time. */
  AWS_MAX_ATTEMPTS: '1',
};

/** Takes every AWS setting of this machine out of the environment while the tests of the file run. */
export function isolateAwsEnvironment(settings: Readonly<Record<string, string>> = {}): void {
  const before = { ...process.env };
  beforeAll(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, isolated, settings);
  });
  afterAll(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, before);
  });
}
