import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { charactersIn } from '../../src/commands/characters.ts';
import { MfaQuestion } from '../../src/commands/mfa.ts';
import { hostileIn } from '../helpers/fixtures.ts';

const serialNumber = 'arn:aws:iam::123456789012:mfa/me';

function open(answer: string) {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const keys = new PassThrough();
  keys.write(answer);
  const question = new MfaQuestion(() => keys as unknown as NodeJS.ReadStream, charactersIn({}));
  return { question, written, keys };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the MFA code', () => {
  it.each(['123456\n', '  123456 \r\n'])(
    'is asked for on stderr, and read to the end of the line: %j',
    async (answer) => {
      const { question, written, keys } = open(answer);
      expect(await question.ask(serialNumber)).toBe('123456');
      expect(written.join('')).toBe(`MFA code for ${serialNumber}: `);
      expect(keys.destroyed).toBe(false);
    },
  );

  it('is asked for without letting the serial number command the terminal', async () => {
    const { question, written } = open('1\n');
    await question.ask('\u001b]0;owned\u0007\u202e');
    expect(hostileIn(written.join(''))).toEqual([]);
  });

  it('is not waited for when the terminal says that there is no more to come', async () => {
    const { question, keys } = open('');
    keys.end();
    await expect(question.ask(serialNumber)).rejects.toMatchObject({
      problem: {
        kind: 'credentials',
        needsAction: true,
        message: 'an MFA code is needed, and none was given',
      },
    });
  });

  it('cannot be asked for without a terminal', async () => {
    const question = new MfaQuestion(() => null, charactersIn({}));
    await expect(question.ask(serialNumber)).rejects.toMatchObject({
      problem: { kind: 'credentials', needsAction: true, message: expect.stringContaining('no terminal') },
    });
  });

  it('cannot be asked for once the screen has the terminal', async () => {
    const { question, written } = open('123456\n');
    question.stopAsking();
    await expect(question.ask(serialNumber)).rejects.toMatchObject({
      problem: { kind: 'credentials', message: expect.stringContaining('start anew') },
    });
    expect(written).toEqual([]);
  });
});
