import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fixedBlock, noMatches, OutputDocument } from '../../../src/ui/detail/output-document.ts';
import { type OutputTop, OutputView, wrapWords } from '../../../src/ui/detail/output-view.ts';
import { textOf, texts } from './output-lines.ts';

describe('the rows of notices, where lines are cut', () => {
  const long = 'GetCommandInvocation could not be read: access denied: the IAM action is missing, ask for it';
  const rows = [
    'GetCommandInvocation',
    'could not be read:',
    'access denied: the IAM action is missing, ask for it',
  ];
  const noticed = new OutputDocument([
    fixedBlock('notices', 'notice', [long]),
    fixedBlock('stdout', 'stdout', ['x'.repeat(30), 'y']),
    fixedBlock('end', 'notice', ['the end']),
  ]);
  const viewOf = (height: number) => new OutputView(noticed, noMatches, height, null, 100, 20);
  const all = [...rows, 'x'.repeat(30), 'y', 'the end'];

  it('are three at most, the last with all the rest', () => expect(texts(viewOf(9), 'start')).toEqual(all));

  it('are counted by what moves', () => {
    const view = viewOf(2);
    const tops: OutputTop[] = ['start'];
    for (const by of [1, 1, 1, 1, 9]) tops.push(view.moved(tops.at(-1) ?? 'start', by));
    expect(tops.map((top) => texts(view, top))).toEqual(
      [0, 1, 2, 3, 4, 4].map((from) => all.slice(from, from + 2)),
    );
    expect(texts(view, 'end')).toEqual(all.slice(4));
    expect(texts(view, view.moved('end', -3))).toEqual(all.slice(1, 3));
    expect(view.firstLine(view.moved('end', -3))).toBe(0);
  });

  it('are broken within a word only where that is longer', () => {
    const wrapped = (text: string, width: number) => wrapWords([{ text, style: {} }], width, 3).map(textOf);
    expect(wrapped('  aaa bbb', 5)).toEqual(['  aaa', 'bbb']);
    expect(wrapped('aaaaaaa b', 3)).toEqual(['aaa', 'aaa', 'a b']);
    expect(wrapped('日本語 日', 4)).toEqual(['日本', '語', '日']);
    expect(wrapped('    aaaaaa', 6)).toEqual(['    aa', 'aaaa']);
    expect(wrapped('', 6)).toEqual(['']);
  });

  it('lose nothing but the spaces at which they are broken', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab 日é😀', 'e\u0301') }),
        fc.integer({ min: 1, max: 9 }),
        (text, width) => {
          const wrapped = wrapWords([{ text, style: {} }], width, 3).map(textOf);
          expect(wrapped.length).toBeLessThanOrEqual(3);
          expect(wrapped.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          for (const row of wrapped.slice(0, -1))
            expect(stringWidth(row)).toBeLessThanOrEqual(Math.max(2, width));
        },
      ),
    ));
});
