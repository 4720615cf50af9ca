import { type KeyContext, keymap, placeNames } from '../../src/ui/keys/keymap.ts';

/** The key table as the README shows it. */
export function keyTable(): string {
  const rows = keymap.map(
    ({ labels, contexts, description }) =>
      `| ${labels.map((label) => `\`${label}\``).join(' ')} | ${whereText(contexts)} | ${description} |`,
  );
  return ['| key | where | does |', '|---|---|---|', ...rows].join('\n');
}

function whereText(contexts: readonly KeyContext[]): string {
  const all = Object.keys(placeNames).length;
  return contexts.length === all ? 'everywhere' : contexts.map((context) => placeNames[context]).join(', ');
}
