import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { programFile } from '../helpers/environment.ts';
import type { Endpoint } from './endpoint.ts';
import type { Program } from './process-run.ts';
import { commandId } from './standing-rollout.ts';

const region = 'eu-west-1';
const bareSweep = fileURLToPath(new URL('./bare-sweep.ts', import.meta.url));

/** The built program. */
export function ssmWatch(args: readonly string[], exitCodes: readonly number[] = [0]): Program {
  return { name: 'ssm-watch', command: [process.execPath, programFile, ...args], exitCodes };
}

export const bareNode: Program = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };

export function bareSdkSweep({ url }: Endpoint): Program {
  return { name: 'bare SDK', command: [process.execPath, bareSweep, url] };
}

/** `aws ssm list-command-invocations` with more arguments; null where there is no `aws`. */
export function awsList({ url }: Endpoint, ...args: readonly string[]): Program | null {
  if (awsFile === null) return null;
  const list = ['ssm', 'list-command-invocations', '--command-id', commandId, '--output', 'json'];
  return { name: 'aws', command: [awsFile, '--endpoint-url', url, '--region', region, ...list, ...args] };
}

/** The `aws` on the path. Where a version manager stands before it, what that starts: its own time is not aws's. */
const awsFile = firstLineOf('pyenv', ['which', 'aws']) ?? firstLineOf('sh', ['-c', 'command -v aws']);

function firstLineOf(file: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(file, [...args], { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n', 1)[0] ?? null) : null;
}
