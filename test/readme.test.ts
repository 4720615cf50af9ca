import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { exitCodes } from '../src/domain/conclusion.ts';
import { type KeyContext, keymap } from '../src/ui/keymap.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const places: Readonly<Record<KeyContext, string>> = {
  list: 'list',
  groups: 'failures by cause',
  detail: 'output',
  help: 'help',
  prompt: 'line of input',
};

function keyTable(): string {
  const rows = keymap.map(({ label, contexts, description }) => {
    const where =
      contexts.length === 5 ? 'everywhere' : contexts.map((context) => places[context]).join(', ');
    const keys = label.split(' ').map((key) => `\`${key}\``);
    return `| ${keys.join(' ')} | ${where} | ${description} |`;
  });
  return ['| key | where | does |', '|---|---|---|', ...rows].join('\n');
}

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
