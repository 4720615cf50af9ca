/** Colours, progress bars and escape sequences of a test run, for whoever shows output in a terminal. */

const esc = '\u001b';
const sgr = (codes: string, text: string) => `${esc}[${codes}m${text}${esc}[0m`;

/** What only colours, as programs write it that take everything for a terminal. */
const colourful = [
  sgr('1', '==> acme-checks 4.2'),
  sgr('32', '✓ configuration is readable'),
  sgr('31', '✗ database answers'),
  sgr('1;31', 'FAIL: connection refused'),
  sgr('33', 'warning: clock is 3 s ahead'),
  sgr('38;5;208', '256 colours: orange'),
  sgr('38;2;120;200;255', 'true colour: light blue'),
  `${sgr('4', 'underlined')} ${sgr('7', 'inverse')} ${sgr('2', 'faint')} plain`,
];

/** A bar that is drawn over itself. */
const progress = Array.from({ length: 21 }, (_, step) => {
  const bar = '#'.repeat(step).padEnd(20, '.');
  return `\rDownloading [${bar}] ${String(step * 5).padStart(3)}%`;
}).join('');

/** What must not reach a terminal. */
const hostile = [
  `title: ${esc}]0;owned\u0007 end`,
  `clipboard: ${esc}]52;c;cm0gLXJmIH4K\u0007 end`,
  `clear: ${esc}[2J${esc}[H end`,
  `other screen: ${esc}[?1049h${esc}[?25l end`,
  `link: ${esc}]8;;https://evil.example.com/${esc}\\click${esc}]8;;${esc}\\ end`,
  `C1: \u009b31mred \u009d0;owned\u009c end`,
  `device control: ${esc}P$q"p${esc}\\ end`,
  `backspace: secret\b\b\b\b\b\bpublic end`,
  'bell and null: \u0007\u0000 end',
  'bidi: \u202egpj.exe\u202c \u2066isolated\u2069 end',
  'zero width: pass\u200bword\ufeff end',
  'tab:\tindented\tend',
  `cursor up: ${esc}[5A${esc}[K overwritten end`,
  `unfinished: ${esc}[38;5;`,
  `unfinished string: ${esc}]0;never ended`,
];

/** The standard output of a test run with `failed` of 120 tests failing. */
export function hostileOutput(failed: ReadonlySet<number>): string {
  const tests = Array.from({ length: 120 }, (_, index) =>
    failed.has(index)
      ? `${sgr('31', '✗')} test ${index + 1} ${sgr('1', 'failed')}`
      : `${sgr('32', '✓')} test ${index + 1} ${sgr('2', 'ok')}`,
  );
  return [...colourful, progress, ...tests, ...hostile, sgr('32', 'back to normal'), ''].join('\n');
}

/** What it says of that on standard error. */
export const hostileError = (failed: number) =>
  `${sgr('1;31', 'Error:')} ${sgr('31', `${failed} of 120 checks failed`)}\n${sgr('2', `see ${esc}]8;;file:///tmp/report${esc}\\the report${esc}]8;;${esc}\\`)}\n`;
