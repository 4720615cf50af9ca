import { WriteStream } from 'node:tty';
import { expect, it, vi } from 'vitest';
import { charactersIn, withAsciiCells } from '../../src/commands/characters.ts';

it('a terminal in ASCII is the terminal, but for what is written', () => {
  const write = vi.fn((_chunk: unknown, ..._rest: unknown[]) => true);
  const stream = Object.assign(Object.create(WriteStream.prototype), {
    columns: 100,
    write,
    on: vi.fn(function (this: unknown) {
      return this;
    }),
  }) as WriteStream;
  const wrapped = withAsciiCells(stream);
  const written = () => {};
  wrapped.write('✓ 1', written);
  wrapped.write(new Uint8Array([0xe9]));
  expect(write.mock.calls).toEqual([['v 1', written], [new Uint8Array([0xe9])]]);
  stream.columns = 80;
  expect(wrapped.columns).toBe(80);
  expect(wrapped.on('resize', written)).toBe(stream);
});

it.each([
  ['a locale without UTF-8', { LC_ALL: 'C' }, false, 'v 1'],
  ['a locale with UTF-8', { LANG: 'de_DE.UTF-8' }, true, '✓ 1'],
])('a text for people is spelt as it can be taken: %s', (_, env, utf8, text) => {
  const { utf8: hasMore, spell, drawnOn } = charactersIn(env);
  expect(hasMore).toBe(utf8);
  expect(spell('✓ 1')).toBe(text);
  const written: unknown[] = [];
  const stream = Object.create(WriteStream.prototype) as WriteStream;
  stream.write = (chunk: unknown) => written.push(chunk) > 0;
  drawnOn(stream).write('✓ 1');
  expect(written).toEqual([text]);
});
