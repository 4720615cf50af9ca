import stringWidth from 'string-width';

/** What stands for the characters that this program draws where only ASCII can be shown, cell for cell. */
const standIns: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '±': '+',
    '·': '-',
    '×': 'x',
    '–': '-',
    '—': '-',
    '‘': "'",
    '’': "'",
    '“': '"',
    '”': '"',
    '•': '*',
    '…': '~',
    '←': '<',
    '↑': '^',
    '→': '>',
    '↓': 'v',
    '−': '-',
    '∞': '8',
    '≤': '<',
    '≥': '>',
    '⊘': '-',
    '⏎': '<',
    '▁': '_',
    '▂': '.',
    '▃': '-',
    '▄': '=',
    '▅': '+',
    '▆': '*',
    '▇': '%',
    '█': '#',
    '░': '.',
    '●': '*',
    '○': 'o',
    '◌': '~',
    '◷': '@',
    '✓': 'v',
    '✗': 'x',
    '❯': '>',
  }),
);

/** In a line of text, where there is room for them. */
const words: ReadonlyMap<string, string> = new Map([
  ['…', '...'],
  ['→', '->'],
]);

const boxes = /[\u2500-\u259f]/u;
const others = /[^\0-\x7f]+/g;
// With the character before, which combining marks make one with.
const clusters = /[ -~]?[^\0-\x7f]+/g;
let graphemes: Intl.Segmenter | undefined;

/**
 * A piece of a drawn screen with ASCII only, as many cells wide: what is not ours is a `?` for each cell. In a locale
 * without UTF-8 a terminal may take the bytes of UTF-8 one by one, and some of them are control characters then.
 */
export function asciiCells(drawn: string): string {
  return drawn.replaceAll(clusters, (cluster) => {
    graphemes ??= new Intl.Segmenter();
    return Array.from(graphemes.segment(cluster), ({ segment }) => cellsFor(segment)).join('');
  });
}

function cellsFor(grapheme: string): string {
  const standIn = standInFor(grapheme);
  if (standIn !== undefined) return standIn;
  const [first = ''] = grapheme;
  const base = first < '\x7f' ? first : '';
  return base + '?'.repeat(Math.max(0, stringWidth(grapheme) - base.length));
}

/** Text with ASCII only; what is not ours is spelt out, as `\u{e9}`, so that nothing is lost. */
export function asciiText(text: string): string {
  return text.replaceAll(others, (run) =>
    Array.from(run, (character) => words.get(character) ?? standInFor(character) ?? spelt(character)).join(
      '',
    ),
  );
}

function standInFor(character: string): string | undefined {
  return standIns.get(character) ?? (boxes.test(character) ? boxStandIn(character) : undefined);
}

/** The lines of a frame, and where they meet. */
function boxStandIn(box: string): string {
  if (box === '─' || box === '━') return '-';
  return box === '│' || box === '┃' ? '|' : '+';
}

function spelt(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
