import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readPipedCommandId } from '../../src/commands/piped-command-id.ts';
import { UsageError } from '../../src/options.ts';
import { commandId } from '../helpers/fixtures.ts';

const other = '00000000-0000-4000-8000-000000000000';
const piped = (...chunks: readonly string[]) =>
  readPipedCommandId(
    Readable.from(chunks.map((chunk) => Buffer.from(chunk))) as unknown as NodeJS.ReadStream,
  );

describe('what is piped', () => {
  it.each<[string, string]>([
    ['a bare ID', commandId],
    ['a line', `${commandId}\n`],
    ['JSON', JSON.stringify({ Command: { CommandId: commandId, Comment: other } }, null, 4)],
    ['YAML', `Command:\n  CommandId: ${commandId}\n  Comment: ${other}\n`],
    ['a table', `|  CommandId   |  ${commandId}  |\n|  Comment  |  ${other}  |\n`],
    [
      'a table in colours',
      `|  \u001b[34mCommandId\u001b[0m   |  \u001b[1m${commandId}\u001b[0m  |\n|  Comment  |  ${other}  |\n`,
    ],
    ['the same ID twice', `${commandId} ${commandId.toUpperCase()}`],
  ])('has the ID: %s', async (_, text) => expect(await piped(text)).toBe(commandId));

  it('may come in pieces', async () => {
    expect(await piped('{"Command":{"CommandId":"b8eac879-05', `41-439d-94ec-47a80d554f44"}}`)).toBe(
      commandId,
    );
  });

  it('in upper case is given in lower case', async () => {
    expect(await piped(commandId.toUpperCase())).toBe(commandId);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no ID', 'An error occurred (AccessDeniedException)\n'],
    ['a longer ID', `${commandId}0`],
  ])('has none: %s', async (_, text) => {
    await expect(piped(text)).rejects.toThrow(UsageError);
    await expect(piped(text)).rejects.toThrow(/^no command ID, .*ssm-watch b8eac879.*aws ssm send-command/);
  });

  it('has several, and lists them', async () => {
    await expect(piped(`${commandId}\n${other}\n`)).rejects.toThrow(UsageError);
    await expect(piped(`${commandId}\n${other}\n`)).rejects.toThrow(
      new RegExp(`^the piped input has several.* ${commandId} ${other}$`),
    );
  });
});

it('a terminal is not read', async () => {
  const stdin = Object.assign(Readable.from([commandId]), { isTTY: true }) as unknown as NodeJS.ReadStream;
  expect(await readPipedCommandId(stdin)).toBeNull();
});
