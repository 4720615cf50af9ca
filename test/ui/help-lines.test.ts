import { describe, expect, it } from 'vitest';
import { type HelpLine, type HelpPlace, helpLinesFor } from '../../src/ui/help-lines.ts';
import { bindingsIn, keymap } from '../../src/ui/keys/keymap.ts';

const places: [HelpPlace, string][] = [
  ['commands', 'In the recent commands'],
  ['others', 'In the other commands on an instance'],
  ['list', 'In the list'],
  ['groups', 'In the failures by cause'],
  ['map', 'In the map'],
  ['detail', 'In the output of an instance'],
  ['fields', 'In the other fields'],
  ['prompt', 'In a line of input'],
];
const common = 'In every pane';

function titlesOf(lines: readonly HelpLine[]): string[] {
  return lines.filter(({ labels }) => labels === null).map(({ text }) => text);
}

/** The lines below a title, as `keys | what they do`. */
function section(lines: readonly HelpLine[], title: string): string[] {
  const rest = lines.slice(lines.findIndex(({ labels, text }) => labels === null && text === title) + 1);
  const end = rest.findIndex(({ labels }) => labels === null);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map(({ labels, text }) => `${labels?.join(' ')} | ${text}`);
}

describe('the help', () => {
  it.each(places)(
    'of %s begins with what holds there, and then says what holds in every pane',
    (place, title) => {
      const others = places.filter(([other]) => other !== place).map(([, name]) => name);
      const [first, second, ...rest] = titlesOf(helpLinesFor(place));
      expect([first, second]).toEqual([title, common]);
      expect(rest.toSorted()).toEqual(others.toSorted());
    },
  );

  it.each(places)(
    'says of every key of %s what it does, there or among those of every pane',
    (place, title) => {
      const lines = helpLinesFor('list');
      const isSaid = new Set([title, common].flatMap((name) => section(lines, name)));
      for (const { labels, description } of bindingsIn(place)) {
        expect(isSaid).toContain(`${labels.join(' ')} | ${description}`);
      }
    },
  );

  it.each(places)('of %s says nothing twice of one place, and all of the key table', (place) => {
    const lines = helpLinesFor(place);
    for (const title of titlesOf(lines)) {
      const said = section(lines, title);
      expect(new Set(said).size).toBe(said.length);
    }
    const all = titlesOf(lines).flatMap((title) => section(lines, title));
    for (const { labels, description } of keymap) {
      expect(all).toContain(`${labels.join(' ')} | ${description}`);
    }
  });

  it('numbers its lines', () => {
    const lines = helpLinesFor('list');
    expect(lines.map(({ index }) => index)).toEqual([...lines.keys()]);
  });
});
