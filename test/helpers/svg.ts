import type { Cell, Look } from './cells.ts';

/** The sixteen colours as they are drawn, on a dark background. */
const palette: Readonly<Record<string, string>> = {
  black: '#45475a',
  red: '#f38ba8',
  green: '#a6e3a1',
  yellow: '#f9e2af',
  blue: '#89b4fa',
  magenta: '#f5c2e7',
  cyan: '#89dceb',
  white: '#bac2de',
  gray: '#585b70',
  redBright: '#f37799',
  greenBright: '#89d88b',
  yellowBright: '#ebd391',
  blueBright: '#74a8fc',
  magentaBright: '#f2aede',
  cyanBright: '#6bd7ca',
  whiteBright: '#a6adc8',
};
const foreground = '#cdd6f4';
const background = '#1e1e2e';
const frame = '#313244';
const dimmed = 0.6;

const cellWidth = 8.4;
const cellHeight = 18;
const padding = 14;
const titleHeight = 34;

/** A run of cells of one line that look alike. */
interface Run extends Look {
  readonly column: number;
  readonly width: number;
  readonly text: string;
}

/** The screen of a terminal as an SVG image in a window's frame. */
export function screenAsSvg(lines: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(columns * cellWidth + 2 * padding);
  const height = Math.ceil(titleHeight + lines.length * cellHeight + padding);
  const buttons = ['#f38ba8', '#f9e2af', '#a6e3a1'];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>text{font-family:'JetBrains Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;font-size:14px;fill:${foreground}}</style>`,
    `<rect width="${width}" height="${height}" rx="9" fill="${background}" stroke="${frame}"/>`,
    ...buttons.map((fill, index) => `<circle cx="${20 + index * 20}" cy="18" r="6" fill="${fill}"/>`),
    `<text x="${width / 2}" y="23" text-anchor="middle" fill-opacity="${dimmed}">${escapeXml(title)}</text>`,
    ...lines.flatMap((line, row) => runsOf(line).flatMap((run) => draw(run, row))),
    '</svg>',
    '',
  ].join('\n');
}

function runsOf(line: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  for (const cell of line) {
    const last = runs.at(-1);
    // A space looks the same in every colour: it does not end a run.
    const alike = last && (lookOf(last) === lookOf(cell) || isBlank(cell));
    if (alike)
      runs[runs.length - 1] = { ...last, width: last.width + cell.width, text: last.text + cell.text };
    else runs.push(cell);
  }
  return runs.filter((run) => !(run.text.trim() === '' && isBlank({ ...run, text: ' ' })));
}

function isBlank({
  text,
  background: behind,
  inverse,
  underline,
}: Look & { readonly text: string }): boolean {
  return text === ' ' && behind === null && !inverse && !underline;
}

function lookOf({ colour, background: behind, bold, dim, inverse, underline }: Look): string {
  return [colour, behind, bold, dim, inverse, underline].join();
}

function draw(run: Run, row: number): string[] {
  const { colour, bold, dim, inverse, underline } = run;
  const own = palette[colour ?? ''] ?? foreground;
  const behind = run.background === null ? null : (palette[run.background] ?? background);
  const fill = inverse ? (behind ?? background) : own;
  const box = inverse ? own : behind;
  const x = round(padding + run.column * cellWidth);
  const y = titleHeight + row * cellHeight;
  const attributes = [
    `y="${y + 13}"`,
    ...(fill === foreground ? [] : [`style="fill:${fill}"`]),
    ...(bold ? ['font-weight="bold"'] : []),
    ...(dim ? [`fill-opacity="${dimmed}"`] : []),
    ...(underline ? ['text-decoration="underline"'] : []),
  ].join(' ');
  // Not every renderer keeps spaces: the words that are further apart are placed one by one.
  const words = [...run.text.matchAll(/\S+( \S+)*/g)].map(({ 0: word, index }) => {
    const at = round(padding + (run.column + index) * cellWidth);
    // Fonts differ in width: the length keeps the columns where they are.
    const length = `textLength="${round(word.length * cellWidth)}" lengthAdjust="spacingAndGlyphs"`;
    return `<text x="${at}" ${attributes}${word.length > 1 ? ` ${length}` : ''}>${escapeXml(word)}</text>`;
  });
  return [
    ...(box === null
      ? []
      : [
          `<rect x="${x}" y="${y}" width="${round(run.width * cellWidth)}" height="${cellHeight}" fill="${box}"/>`,
        ]),
    ...words,
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
