import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DebugFile, DebugFileError } from '../../../src/output/debug/debug-file.ts';
import { TemporaryFolder } from '../../helpers/environment.ts';

const first = '{"event":"start","at":"2026-09-27T00:39:03.000Z"}';
let folder: TemporaryFolder;
let path: string;

beforeEach(() => {
  folder = new TemporaryFolder();
  path = join(folder.path, 'debug.jsonl');
});
afterEach(() => folder[Symbol.dispose]());

const open = (at = path) =>
  new DebugFile(at, (message) => {
    throw new Error(`not expected to fail: ${message}`);
  });
const modeOf = (file: string) => statSync(file).mode & 0o777;

it('makes a file for the owner alone, whatever the umask', () => {
  const before = process.umask(0o277);
  try {
    open().close();
  } finally {
    process.umask(before);
  }
  expect(modeOf(path)).toBe(0o600);
});

it('has each line in the file before it goes on', () => {
  const file = open();
  for (const line of [first, 'second ✓']) {
    file.write(line);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)).toBe(line);
  }
  file.close();
  file.write('not written any more');
  expect(readFileSync(path, 'utf8')).toBe(`${first}\nsecond ✓\n`);
});

it('goes on in a log of ours, and closes it to others', () => {
  writeFileSync(path, `${first}\n`, { mode: 0o644 });
  chmodSync(path, 0o664);
  const file = open();
  file.write('second');
  file.close();
  expect(readFileSync(path, 'utf8')).toBe(`${first}\nsecond\n`);
  expect(modeOf(path)).toBe(0o600);
});

it('takes a file that is empty', () => {
  writeFileSync(path, '');
  open().close();
  expect(modeOf(path)).toBe(0o600);
});

describe('one line says why a path cannot be used, and nothing there is touched', () => {
  it.each<[string, RegExp, () => string]>([
    ['a folder that is not there', /no such folder/, () => join(folder.path, 'nowhere', 'debug.jsonl')],
    ['a folder', /it is a folder/, () => folder.path],
    ['no name', /no such folder/, () => ''],
    [
      'a file in place of a folder',
      /a part of the path is no folder/,
      () => join(written('x'), 'debug.jsonl'),
    ],
    ['a name that is too long', /the name is too long/, () => join(folder.path, 'x'.repeat(300))],
    ['a device', /it is no file/, () => '/dev/null'],
    ['the terminal or a pipe by its number', /cannot be (opened|used)/, () => '/dev/stdout'],
    ['a file of another kind', /is no debug log; name a new one/, () => written('export PATH=/bin\n')],
    ['a part of our own beginning', /is no debug log/, () => written('{"event":"sta')],
    ['a file with another name', /another name/, () => linked()],
    ['a symbolic link', /symbolic link/, () => symbolic(written(`${first}\n`))],
    ['a symbolic link to nothing', /symbolic link/, () => symbolic(join(folder.path, 'nothing'))],
    ['a pipe that nobody reads', /it is no file/, () => pipe()],
    ['a NUL in it', /ERR_INVALID_ARG_VALUE/, () => 'a\0b'],
  ])('%s', (_, reason, make) => {
    const at = make();
    const before = contentOf(at);
    expect(() => open(at)).toThrow(DebugFileError);
    expect(() => open(at)).toThrow(reason);
    expect(() => open(at)).toThrow(/^the debug log [^\n]+$/);
    expect(contentOf(at)).toBe(before);
  });

  it('a file of somebody else', () => {
    writeFileSync(path, `${first}\n`);
    const { getuid } = process;
    process.getuid = () => (getuid?.() ?? 0) + 1;
    try {
      expect(() => open()).toThrow(/belongs to somebody else/);
    } finally {
      if (getuid) process.getuid = getuid;
    }
    expect(readFileSync(path, 'utf8')).toBe(`${first}\n`);
  });
});

function written(content: string): string {
  writeFileSync(path, content);
  return path;
}

function linked(): string {
  linkSync(written(`${first}\n`), join(folder.path, 'other'));
  return path;
}

function symbolic(target: string): string {
  const link = join(folder.path, 'link');
  symlinkSync(target, link);
  return link;
}

function pipe(): string {
  mkdirSync(join(folder.path, 'pipes'));
  const at = join(folder.path, 'pipes', 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', at]);
  return at;
}

function contentOf(file: string): string | null {
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : null;
}
