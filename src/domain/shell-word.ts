/**
 * A text as one word of a POSIX shell. What nobody has to quote is its own word; anything else is quoted, so that nothing of
 * it is run where it is pasted.
 */
export function shellWord(text: string): string {
  return /^[\w@+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
