import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exitCodes } from '../src/domain/conclusion.ts';
import { keyTable } from './helpers/key-table.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it('has the key table of the code', () => {
  expect(readme).toContain(`test/readme.test.ts -->\n\n${keyTable()}\n\n<!-- /keys -->`);
});

it('begins with the two commands', () => {
  expect(readme).toContain('npm ci && npm run demo');
  expect(readme).toContain('npm ci && npm test');
});

it('names every exit code that a run can end with by itself', () => {
  for (const code of Object.values(exitCodes)) expect(readme).toContain(`| ${code} |`);
});
