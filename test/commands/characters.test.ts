import { WriteStream } from 'node:tty';
import { expect, it, vi } from 'vitest';
import { withAsciiCells } from '../../src/commands/characters.ts';

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
