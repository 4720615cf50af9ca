/** Writes the key table of the code into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { keyTable } from './key-table.ts';

const file = new URL('../../README.md', import.meta.url);
const readme = readFileSync(file, 'utf8');
writeFileSync(
  file,
  readme.replace(
    /(test\/readme\.test\.ts -->\n)[\s\S]*?(<!-- \/keys -->)/,
    (_, before: string, after: string) => [before, keyTable(), `\n${after}`].join('\n'),
  ),
);
