import { expect, it } from 'vitest';
import { colourPainter, plainPainter } from '../../src/ui/painter.ts';

it('paints in the colour of a phase, the inverse of it, and bold', () => {
  const { tone, inverse, bold } = colourPainter;
  expect(tone('failed', '✗✗')).toBe('\u001b[31m✗✗\u001b[39m');
  expect(inverse('failed', '✗')).toBe('\u001b[7m\u001b[31m✗\u001b[39m\u001b[27m');
  expect(tone('unknown', '?')).toBe('?');
  expect(inverse('unknown', '?')).toBe('\u001b[7m?\u001b[27m');
  expect(bold('web')).toBe('\u001b[1mweb\u001b[22m');
});

it('leaves texts plain without colours, and what is inverse still stands out', () => {
  const { tone, inverse, bold } = plainPainter;
  expect([tone('failed', '✗✗'), inverse('failed', '✗'), bold('web')]).toEqual(['✗✗', '█', 'web']);
});
