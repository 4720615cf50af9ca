import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { DebugFile } from '../../../src/output/debug/debug-file.ts';
import { TemporaryFolder } from '../../helpers/environment.ts';

// A disk is not full when a test wants it to be.
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return { ...real, writeSync: vi.fn(real.writeSync) };
});

it.each([
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EIO', 'input/output error'],
  ['EFBIG', 'the file would be larger than it may be'],
  ['EBADF', 'EBADF'],
])('%s is told once, and no more is written', async (code, reason) => {
  using folder = new TemporaryFolder();
  const path = join(folder.path, 'debug.jsonl');
  const told: string[] = [];
  const file = new DebugFile(path, (message) => told.push(message));
  file.write('first');
  vi.mocked(writeSync).mockImplementationOnce(() => {
    throw Object.assign(new Error(`${code}: as the test wants it, write`), { code });
  });
  for (const line of ['second', 'third', 'fourth']) file.write(line);
  expect(told).toEqual([`the debug log ends here: ${path} cannot be written (${reason})`]);
  expect(readFileSync(path, 'utf8')).toBe('first\n');
});

it('writes on where only a part was written', async () => {
  using folder = new TemporaryFolder();
  const path = join(folder.path, 'debug.jsonl');
  const file = new DebugFile(path, () => {});
  const real = await vi.importActual<typeof import('node:fs')>('node:fs');
  vi.mocked(writeSync).mockImplementationOnce((descriptor, bytes) =>
    real.writeSync(descriptor, String(bytes).slice(0, 3)),
  );
  file.write('one line ✓');
  file.close();
  expect(readFileSync(path, 'utf8')).toBe('one line ✓\n');
});
