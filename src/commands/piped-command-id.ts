import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { findCommandIds } from '../domain/command-id.ts';
import { UsageError } from '../options.ts';

const example = 'ssm-watch b8eac879-0541-439d-94ec-47a80d554f44, or aws ssm send-command ... | ssm-watch';

export const noCommandId = `no command ID: ${example}`;

/**
 * The command ID in what is piped to us; null when stdin is a terminal, and nothing is.
 *
 * @throws UsageError when there is none, or more than one
 */
export async function readPipedCommandId(stdin: NodeJS.ReadStream): Promise<string | null> {
  if (stdin.isTTY) return null;
  // The AWS CLI writes its tables in colour where it is told to.
  const found = findCommandIds(stripVTControlCharacters(await text(stdin)));
  const [commandId] = found;
  if (commandId === undefined) throw new UsageError(`no command ID, and none in the piped input: ${example}`);
  if (found.length > 1)
    throw new UsageError(`the piped input has several command IDs, pass one: ${found.join(' ')}`);
  return commandId;
}
