import { describe, expect, it } from 'vitest';
import { wholeText } from '../../../src/domain/output-reading.ts';
import { fixedStream } from '../../../src/watch/outputs/stream-readers.ts';

const { signal } = new AbortController();

describe('an output that is there', () => {
  it('is all that there is', async () => {
    const text = wholeText('GetCommandInvocation', 'a\nb', false);
    let reader = fixedStream(text);
    reader = await reader.read('after', signal);
    expect(reader.text).toBe(text);
    expect(reader.grows).toBe(false);
  });
});
