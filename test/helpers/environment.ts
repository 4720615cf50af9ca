import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program, as a user's shell would start it. */
export const programFile = fileURLToPath(new URL('../../bin/ssm-watch.js', import.meta.url));

/** What the runs of the program share of what node has compiled. */
const compileCache = join(tmpdir(), 'ssm-watch-test-compiled');

export type Environment = Readonly<Record<string, string | undefined>>;

/** A directory of its own, gone when it is disposed of. */
export class TemporaryFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'ssm-watch-test-'));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/**
 * An environment with nothing of the developer's own in it: no AWS settings, no CI, no colour switches. `undefined` in
 * `overrides` takes a variable away.
 */
export function cleanEnvironment(home: string, overrides: Environment = {}): Record<string, string> {
  const env: Environment = {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
    // The home is another one for each run.
    NODE_COMPILE_CACHE: compileCache,
    ...overrides,
  };
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
