import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, it } from 'vitest';

const folder = new URL('../../dist/', import.meta.url);
const anImport = /\b(?:from|import\()\s*["'`]([\w:/]+)["'`]/g;

it('requires all modules of node but the one that it requires them with', () => {
  const imported = readdirSync(folder)
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(anImport)])
    .map(([, name = '']) => name)
    .filter(isBuiltin);
  expect([...new Set(imported)]).toEqual(['node:module']);
});
