/** What text from outside may try on a terminal, each with a mark to know it by. None is a sequence that we write. */
const attacks: readonly string[] = [
  '\u001b]0;owned\u0007',
  '\u001b]52;c;b3duZWQ=\u0007',
  '\u001b]52;c;b3duZWQ=\u001b\\',
  '\u001b[77;77H',
  '\u001b[77A',
  '\u001b[2J\u001b[3J',
  '\u001b[?1049l',
  '\u001b[?77h',
  '\u001b[5;8m',
  '\u001bP77q\u001b\\',
  '\u001b_owned\u001b\\',
  '\u001bc',
  '\u001b(0',
  '\u001b[6n',
  '\u001b]8;;http://owned/\u001b\\link\u001b]8;;\u001b\\',
  '\u001b]8;;http://owned/ without an end',
  '\u001b[38;5;',
  '\u009b77A',
  '\u009d0;owned\u009c',
  '\b\b\b\r\u0000\u0007\u007f\u0085',
  '\u202egpj.exe\u2066\u200b\ufeff\u00ad\u{e0041}',
  '\u2028\u2029\u200c\u200d\u0604',
  '\ud83d\ud83d',
  `e${'\u0301'.repeat(40)}`,
  'one\ntwo\r\nthree\tfour',
  '日本語 👩🏽‍🚀 \ue000',
];

/** A text that begins with its name, so that it is found again, and then tries everything, another thing first each time. */
export function hostile(name: string, turn = 0): string {
  const start = turn % attacks.length;
  return `${name}${attacks.slice(start).join('')}${attacks.slice(0, start).join('')}`;
}
