import { GetCommandInvocationCommand } from '@aws-sdk/client-ssm';
import type { PluginOutput } from '../domain/plugin-output.ts';
import type { Connection } from './connection.ts';
import { malformed, readTextOrNull } from './wire.ts';

const operation = 'GetCommandInvocation';
/** Ends a stream that exceeds 24,000 characters of stdout or 8,000 of stderr. */
const cut = /\n?--output truncated--\n?$/;

/** Which output to read. `plugin` is the name of the step. */
export interface OutputQuery {
  readonly commandId: string;
  readonly instanceId: string;
  readonly plugin: string;
}

/**
 * The output of one plugin on one instance, as far as GetCommandInvocation gives it.
 *
 * @throws RemoteError
 */
export async function readPluginOutput(
  connection: Connection,
  { commandId, instanceId, plugin }: OutputQuery,
  signal: AbortSignal,
): Promise<PluginOutput> {
  const input = { CommandId: commandId, InstanceId: instanceId, PluginName: plugin };
  const answer = await connection.call(
    operation,
    (client, abortSignal) => client.send(new GetCommandInvocationCommand(input), { abortSignal }),
    signal,
  );
  const out = readTextOrNull(answer.StandardOutputContent);
  const err = readTextOrNull(answer.StandardErrorContent);
  if (out === null && err === null) throw malformed(operation, 'the answer has no output');
  const [stdout, stderr] = [out ?? '', err ?? ''];
  return {
    stdout: stdout.replace(cut, ''),
    stderr: stderr.replace(cut, ''),
    stdoutTruncated: cut.test(stdout),
    stderrTruncated: cut.test(stderr),
  };
}
