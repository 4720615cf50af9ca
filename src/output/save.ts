import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countOf } from '../domain/format.ts';
import type { Invocation } from '../domain/invocation.ts';
import type { PluginOutput } from '../domain/plugin-output.ts';

/**
 * Saves the outputs of an invocation as `ssm-watch-<command id>/<instance id>/<n>-<plugin>.{stdout,stderr}` below
 * `parent`, readable to the owner only. `outputs` are those of its plugins, in their order. What exists is left alone.
 * Gives a line that says what was done, and what AWS had cut of it; never throws.
 */
export async function saveOutputs(
  invocation: Invocation,
  outputs: readonly PluginOutput[],
  parent: string,
): Promise<string> {
  const folder = join(parent, `ssm-watch-${fileName(invocation.commandId)}`, fileName(invocation.instanceId));
  try {
    await makeOwnFolder(join(folder, '..'));
    await makeOwnFolder(folder);
    let saved = 0;
    let skipped = 0;
    for (const [index, { stdout, stderr }] of outputs.entries()) {
      const name = fileName(invocation.plugins[index]?.name ?? '');
      for (const [stream, text] of Object.entries({ stdout, stderr })) {
        const created = await create(join(folder, `${index + 1}-${name}.${stream}`), text);
        if (created) saved += 1;
        else skipped += 1;
      }
    }
    const left = skipped === 0 ? '' : `, ${countOf(skipped, 'existing file')} skipped`;
    return `saved ${countOf(saved, 'file')}${cutText(outputs)} in ${folder}${left}`;
  } catch (error) {
    return `not saved: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Nobody should take for the whole what AWS has cut. */
function cutText(outputs: readonly PluginOutput[]): string {
  const cut = outputs.flatMap(({ stdoutTruncated, stderrTruncated }) => [stdoutTruncated, stderrTruncated]);
  const count = cut.filter(Boolean).length;
  return count === 0 ? '' : ` (${count} cut by AWS)`;
}

function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '-');
}

/** A folder of our own; one that is a symbolic link could lead anywhere. */
async function makeOwnFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder`);
}

/** False when the file was there already. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
