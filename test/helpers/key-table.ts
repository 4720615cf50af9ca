import { type KeyContext, keymap, placeNames } from '../../src/ui/keys/keymap.ts';

/** The key table as the README shows it. */
export function keyTable(): string {
  const rows = keymap.map(
    ({ labels, contexts, description }) =>
      `| ${labels.map((label) => `\`${label}\``).join(' ')} | ${whereText(contexts)} | ${description} |`,
  );
  return ['| key | where | does |', '|---|---|---|', ...rows].join('\n');
}

const places = Object.keys(placeNames) as KeyContext[];

function whereText(contexts: readonly KeyContext[]): string {
  const [exception, ...more] = places.filter((place) => !contexts.includes(place));
  if (exception === undefined) return 'everywhere';
  if (more.length === 0) return `everywhere but in a ${placeNames[exception]}`;
  return contexts.map((context) => placeNames[context]).join(', ');
}
