import { describe, expect, it } from 'vitest';
import { LineWriter } from '../../src/commands/line-writer.ts';
import { captureStdout, handled } from './view-parts.ts';

const stdout = captureStdout();

describe('lines', () => {
  it('that are written together go out in one piece, and by themselves', async () => {
    const writer = new LineWriter();
    writer.write('one');
    writer.write('two');
    expect(stdout.writes()).toEqual([]);
    await handled();
    writer.write('three');
    await handled();
    expect(stdout.writes()).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('go out at once when they are flushed, and only once', async () => {
    const writer = new LineWriter();
    writer.write('last');
    writer.flush();
    writer.flush();
    expect(stdout.writes()).toEqual(['last\n']);
    await handled();
    expect(stdout.writes()).toEqual(['last\n']);
  });
});
