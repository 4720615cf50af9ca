import { unprintableIn, withoutOwnSgr } from './dangerous-text.ts';

const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);

/** What the screen is drawn with beside colours: modes, the cursor, and the clipboard. */
const ownSequences = new RegExp(
  [
    `${esc}\\[\\?(?:7|25|1049|2004|2026)[hl]`,
    `${esc}\\[(?:\\d{0,3}[AEG]|2?K|J|1;1H)`,
    `${esc}\\]52;c;[A-Za-z0-9+/=]*${bell}`,
    '\\r?\\n|\\r',
  ].join('|'),
  'g',
);

/** What of the bytes that came to a terminal is neither printable text nor a sequence that the program writes itself. */
export function foreignIn(output: string): string[] {
  // Each apart, so that nothing new comes about where one is taken out.
  return withoutOwnSgr(output.replace(ownSequences, '\n')).split('\n').flatMap(unprintableIn);
}

/** The texts that were put into the terminal's clipboard. */
export function clipboardTexts(output: string): string[] {
  return [...output.matchAll(new RegExp(`${esc}\\]52;c;([A-Za-z0-9+/=]*)${bell}`, 'g'))].map(
    ([, text = '']) => Buffer.from(text, 'base64').toString(),
  );
}

/** How often each sequence stands in the output. */
export function countIn(output: string, sequence: string): number {
  return output.split(sequence).length - 1;
}
