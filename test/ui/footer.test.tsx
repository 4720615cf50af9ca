import type { ComponentProps } from 'react';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Footer } from '../../src/ui/footer.tsx';
import { hostileIn } from '../helpers/fixtures.ts';
import { hostile } from '../helpers/ui-fixtures.ts';
import { frameOf } from './frame.ts';

const draw = (props: Partial<ComponentProps<typeof Footer>> = {}, width = 100) =>
  frameOf(
    <Footer context="list" prompt={null} input="" notice={null} position="" screenWidth={width} {...props} />,
    width,
  );

const prompt = { purpose: 'filter', before: '' } as const;

describe('the footer', () => {
  it('names the keys of the list', () =>
    expect(draw()).toBe(' ↑↓ move  ⏎ output  / filter  f failures  > sort  v view  ? help  q quit'));

  it.each([
    ['commands', ' ↑↓ move  ⏎ watch  / filter  ? help  q quit'],
    ['others', ' ↑↓ move  ⏎ watch  / filter  ? help  q back'],
    ['groups', ' ↑↓ move  ⏎ instances  v view  Esc back  ? help  q quit'],
    ['detail', ' ↑↓ move  Esc back  / search  Tab plugin  w wrap  F follow  y copy  ? help'],
    ['fields', ' ↑↓ move  Esc back  a next  y copy  ? help'],
    ['help', ' ↑↓ move  Esc back  ? help'],
    ['prompt', ' ⏎ accept  Esc cancel'],
  ] as const)('names the keys of the %s', (context, keys) => expect(draw({ context })).toBe(keys));

  it.each([
    ['list', '6 of 60 shown: /db-eu', ' ↑↓ move  ⏎ output  / filter  f failures  ? help  q quit'],
    ['map', '', ' ↑↓ move  ⏎ output  / filter  f failures  > order  Esc back  ? help  q quit'],
    ['detail', '1–11 of 11', ' ↑↓ move  Esc back  / search  Tab plugin  w wrap  F follow  ? help'],
    ['list', '2 of 60 shown: /a text that is longer than most are', ' ↑↓ move  ? help  q quit'],
    ['prompt', '', ' ⏎ accept  Esc cancel'],
  ] as const)(
    'names at 80 cells those of the %s that fit, help and the way out last to go: %j',
    (context, position, keys) => {
      const line = draw({ context, position }, 80);
      expect(line.replace(position, '').trimEnd()).toBe(keys);
      expect(line).toContain(position);
    },
  );

  it('cuts no key in two, however narrow it is', () => {
    const hintsIn = (line: string) => line.split(/ {2,}/).map((hint) => hint.trim());
    const whole = new Set(['', ...hintsIn(draw())]);
    for (let width = 1; width < 80; width += 1) {
      expect(hintsIn(draw({}, width)).filter((hint) => !whole.has(hint))).toEqual([]);
    }
    expect([9, 10, 17, 18].map((width) => draw({}, width).trim())).toEqual([
      '',
      'q quit',
      'q quit',
      '? help  q quit',
    ]);
  });

  it('says where one is, on the right', () => {
    const line = draw({ position: '1–20 of 55' });
    expect(line).toMatch(/^ ↑↓ move .* {2}1–20 of 55/);
    expect(line.trimEnd().length).toBe(99);
  });

  it('gives way to what was just done', () => {
    const line = draw({ notice: 'copied i-1', position: '3 of 9' });
    expect(line).toMatch(/^ copied i-1 +3 of 9/);
  });

  it('gives way to the line of input', () => {
    const line = draw({ context: 'prompt', prompt, input: 'web 日本', notice: 'older' });
    expect(line.trimEnd()).toBe(' /web 日本');
  });

  it.each([1, 5, 20, 80])('is one line of at most %i cells, whatever is in it', (width) => {
    const position = '3 of 1,000 shown: failures';
    for (const props of [
      { notice: hostile },
      { prompt, input: hostile },
      { notice: '日'.repeat(255) },
      { position: `3 of 1,000 shown: /${hostile}` },
      {},
    ]) {
      const line = draw({ position, ...props }, width);
      expect(line.split('\n')).toHaveLength(1);
      expect(hostileIn(line)).toEqual([]);
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});
