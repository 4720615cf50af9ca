/** Control characters but newline and tab, C1 and bidi controls: nobody sees in a text what these do where it is pasted. */
const unsafe = /(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text with nothing in it that does what cannot be seen, such as to end a bracketed paste. Its lines stay lines: a
 * shell without bracketed paste runs what is pasted line by line.
 */
export function pasteable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unsafe, '');
}

/** The sequence that puts a text into the clipboard of the terminal. */
export function clipboardSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
