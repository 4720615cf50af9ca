import { describe, expect, it } from 'vitest';
import { type SavedStream, streamsOfOutput } from '../../src/domain/plugin-streams.ts';

async function textOf({ bytes }: SavedStream): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('streamsOfOutput', () => {
  const output = {
    source: 'ListCommandInvocations',
    stdout: 'é\r\n\u001b[2J',
    stderr: '',
    stdoutTruncated: true,
    stderrTruncated: false,
  } as const;

  it('gives both texts as they came, with source, cut and note', async () => {
    const { stdout, stderr } = streamsOfOutput(output, 'no permission');
    expect(stdout).toMatchObject({
      source: 'ListCommandInvocations',
      truncated: true,
      note: 'no permission',
    });
    expect(stderr).toMatchObject({
      source: 'ListCommandInvocations',
      truncated: false,
      note: 'no permission',
    });
    expect(await textOf(stdout)).toBe('é\r\n\u001b[2J');
    expect(await textOf(stderr)).toBe('');
  });
});
