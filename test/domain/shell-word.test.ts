import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from '../../src/domain/shell-word.ts';

it.each(['prod', 'i-0cb2b964d3e14fd9f', 'aws:runShellScript', 'http://127.0.0.1:4567', 'a@b.example'])(
  '%s is its own word',
  (text) => expect(shellWord(text)).toBe(text),
);

it.each([
  ['my prod', "'my prod'"],
  ["it's", String.raw`'it'\''s'`],
  ['$(id)', "'$(id)'"],
  ['http://host/?a=1&b=2', "'http://host/?a=1&b=2'"],
  ['=ls', "'=ls'"],
  ['~', "'~'"],
  ['', "''"],
])('%s is quoted', (text, word) => expect(shellWord(text)).toBe(word));

it('a shell takes any texts for those words', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'aé \n\t\'"`$(){}[]<>|&;*?!#~=%^\\-/') });
  const holds = fc.property(fc.array(text, { minLength: 20, maxLength: 50 }), (texts) => {
    const script = `printf '%s\\0' ${texts.map(shellWord).join(' ')}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(texts);
  });
  await fc.assert(holds, { numRuns: 10 });
});
