import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { TemporaryFolder } from '../helpers/environment.ts';
import { finishedRollout } from '../helpers/rollout.ts';
import { runProgram } from '../helpers/run-program.ts';

/** Runs the program with a home, and a folder for what is temporary; gives what is in the two afterwards. */
async function writtenBy(args: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  using folder = new TemporaryFolder();
  const home = join(folder.path, 'home');
  const temporary = join(folder.path, 'tmp');
  for (const path of [home, temporary]) mkdirSync(path);
  const places = { HOME: home, TMPDIR: temporary, NODE_COMPILE_CACHE: undefined };
  const { exitCode } = await runProgram(args, { env: { ...places, ...env } });
  const cache = join(home, '.cache', 'ssm-watch', 'compiled');
  return {
    exitCode,
    home: readdirSync(home),
    temporary: readdirSync(temporary),
    cached: existsSync(cache) ? readdirSync(cache).length : 0,
  };
}

describe.concurrent('what the program writes unasked', () => {
  test('is what node compiled, in the home of the user and nowhere else', async ({ expect }) => {
    await using rollout = await finishedRollout();
    const written = await writtenBy(['--once', '-o', 'json', ...rollout.args], {});
    expect(written).toEqual({ exitCode: 1, home: ['.cache'], temporary: [], cached: 1 });
  });

  test.for([
    ['where there is no home', { HOME: undefined }],
    ['where the home is no place', { HOME: 'relative' }],
    ['where node is told so', { NODE_DISABLE_COMPILE_CACHE: '1' }],
  ] as const)('is nothing %s', async ([, env], { expect }) => {
    const written = await writtenBy(['--version'], env);
    expect(written).toMatchObject({ exitCode: 0, home: [], temporary: [] });
  });
});
