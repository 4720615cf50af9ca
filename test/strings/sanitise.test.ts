import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type StyledSpan,
  sanitiseLine,
  sanitiseLines,
  sanitiseStyledLine,
} from '../../src/domain/sanitise.ts';
import { dangerousText, nothingLost, unprintableIn, withoutRecognised } from '../helpers/dangerous-text.ts';
import { textCount, textTimeout } from './count.ts';

const joined = (spans: readonly StyledSpan[]) => spans.map(({ text }) => text).join('');
const linesOf = (text: string) => text.split(/\r?\n/);

/** Tries a statement on so many texts that one of them would be against it. Assertions cost more than what they look at. */
function everyText(what: string, holds: (text: string) => boolean): void {
  it(
    `${what}, whatever the text`,
    () => fc.assert(fc.property(dangerousText(), holds), { numRuns: textCount }),
    textTimeout,
  );
}

everyText('nothing is drawn but what can be seen', (text) =>
  [sanitiseLine(text), ...sanitiseLines(text)].every((line) => unprintableIn(line).length === 0),
);

everyText(
  'nothing is lost but SGR and hyperlinks, and nothing added',
  (text) =>
    nothingLost(withoutRecognised(text).replace(/\r?\n|\t/g, ' '), sanitiseLine(text)) &&
    linesOf(text).every((line) => nothingLost(withoutRecognised(line), sanitiseLines(line).join(''))),
);

everyText('there is nothing to do a second time', (text) => {
  const line = sanitiseLine(text);
  return (
    sanitiseLine(line) === line &&
    sanitiseLines(text).every((once) => {
      const [span, ...others] = sanitiseStyledLine(once);
      const isPlain = span === undefined || Object.keys(span.style).length === 0;
      return (span?.text ?? '') === once && isPlain && others.length === 0;
    })
  );
});

everyText('the spans of a line are, joined, what it is without colours, and none is empty', (text) =>
  linesOf(text).every((line) => {
    const spans = sanitiseStyledLine(line);
    return joined(spans) === sanitiseLines(line).join('') && spans.every((span) => span.text !== '');
  }),
);

it('tries what can do harm', () => {
  // The properties would hold of anything, were there nothing to find in the texts.
  const texts = fc.sample(dangerousText(), 1_000);
  expect(texts.filter((text) => unprintableIn(text).length > 0).length).toBeGreaterThan(800);
  expect(texts.filter((text) => withoutRecognised(text) !== text.toWellFormed()).length).toBeGreaterThan(400);
});
