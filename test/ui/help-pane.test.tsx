import { describe, expect, it } from 'vitest';
import { HelpPane, helpLines, othersHelpLines, pickerHelpLines } from '../../src/ui/help-pane.tsx';
import { bindingsIn } from '../../src/ui/keys/keymap.ts';
import { frameOf } from './frame.ts';

/** The lines below a title. */
function section(title: string): string[] {
  const from = helpLines.findIndex((line) => line.labels === null && line.text === title);
  const rest = helpLines.slice(from + 1);
  const end = rest.findIndex(({ labels }) => labels === null);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map(({ labels, text }) => `${labels?.join(' ')} | ${text}`);
}

describe('the help', () => {
  it.each([
    ['In the recent commands', 'commands'],
    ['In the other commands on an instance', 'others'],
    ['In the list', 'list'],
    ['In the failures by cause', 'groups'],
    ['In the output of an instance', 'detail'],
    ['In the other fields', 'fields'],
    ['In a line of input', 'prompt'],
  ] as const)('says of every key what it does %s', (title, context) =>
    expect(section(title)).toEqual(
      bindingsIn(context).map(({ labels, description }) => `${labels.join(' ')} | ${description}`),
    ),
  );

  it.each([
    ['In the recent commands', pickerHelpLines],
    ['In the other commands on an instance', othersHelpLines],
  ])('begins there with what holds %s, and has the same lines', (title, lines) => {
    expect(lines[0]).toEqual({ index: 0, labels: null, text: title });
    const texts = (all: typeof helpLines) => all.map(({ text }) => text).toSorted();
    expect(texts(lines)).toEqual(texts(helpLines));
  });

  it('numbers its lines', () => expect(helpLines.map(({ index }) => index)).toEqual([...helpLines.keys()]));

  it('draws the lines that it is given, cut at the edge', () => {
    const lines = helpLines.slice(0, 3);
    const drawn = frameOf(<HelpPane lines={lines} />).split('\n');
    expect(drawn.map((line) => line.trim().replace(/ {2,}/, ' | '))).toEqual(
      lines.map(({ labels, text }) => (labels === null ? text : `${labels.join(' ')} | ${text}`)),
    );
    const narrow = frameOf(<HelpPane lines={helpLines} />, 12).split('\n');
    expect(narrow).toHaveLength(helpLines.length);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(12);
  });
});
