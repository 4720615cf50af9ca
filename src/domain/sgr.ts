/**
 * How a text is to be drawn. Colours are one of the terminal's 16 (`red`, `redBright`), `ansi256(196)` or
 * `rgb(1, 2, 3)`. There is no blinking and no concealing: nothing may be hidden.
 */
export interface TextStyle {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strikethrough?: true;
}

/** As the terminal draws by itself. */
export const plainStyle: TextStyle = {};

/** A sequence with more has no effect: terminals do not agree on what the rest of them mean. */
const mostParameters = 32;

const colorNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const added: ReadonlyMap<number, TextStyle> = new Map<number, TextStyle>([
  [1, { bold: true }],
  [2, { dim: true }],
  [3, { italic: true }],
  [4, { underline: true }],
  [7, { inverse: true }],
  [9, { strikethrough: true }],
  // Underlined twice.
  [21, { underline: true }],
  ...colorNames.flatMap((name, index): [number, TextStyle][] => [
    [30 + index, { color: name }],
    [40 + index, { backgroundColor: name }],
    [90 + index, { color: `${name}Bright` }],
    [100 + index, { backgroundColor: `${name}Bright` }],
  ]),
]);

const removed: ReadonlyMap<number, readonly (keyof TextStyle)[]> = new Map([
  [22, ['bold', 'dim']],
  [23, ['italic']],
  [24, ['underline']],
  [27, ['inverse']],
  [29, ['strikethrough']],
  [39, ['color']],
  [49, ['backgroundColor']],
]);

/** What an extended colour is for; the colour of underlines is read, so as not to take its numbers for others. */
const extended: ReadonlyMap<number, 'color' | 'backgroundColor' | 'underlineColor'> = new Map([
  [38, 'color'],
  [48, 'backgroundColor'],
  [58, 'underlineColor'],
]);

/**
 * The style after an SGR sequence with these parameters, digits with `;` and `:` between, as `1;38:5:196`. What is unknown
 * or malformed has no effect.
 */
export function applySgr(style: TextStyle, parameters: string): TextStyle {
  const fields = parameters.split(';', mostParameters + 1);
  if (fields.length > mostParameters) return style;
  const rest = fields.values();
  let result = style;
  for (const field of rest) {
    const [first = '', ...subparameters] = field.split(':');
    const code = Number(first);
    const target = extended.get(code);
    if (target) {
      const color = subparameters.length > 0 ? colonColor(subparameters) : semicolonColor(rest);
      if (color !== null && target !== 'underlineColor') result = { ...result, [target]: color };
    } else if (subparameters.length === 0) {
      result = applyCode(result, code);
    } else if (code === 4 && /^[0-5]$/.test(field.slice(2))) {
      result = applyCode(result, field === '4:0' ? 24 : 4);
    }
  }
  return result;
}

/** Whether both look the same. */
export function isSameStyle(one: TextStyle, other: TextStyle): boolean {
  const keys = Object.keys(one) as (keyof TextStyle)[];
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function applyCode(style: TextStyle, code: number): TextStyle {
  if (code === 0) return plainStyle;
  const gone = removed.get(code);
  const kept = Object.entries(style).filter(([key]) => !gone?.some((name) => name === key));
  return { ...Object.fromEntries(kept), ...added.get(code) };
}

/** `5:196`, `2::1:2:3` with a colour space that may be empty, and `2:1:2:3` as some write it. */
function colonColor([mode, ...values]: readonly string[]): string | null {
  if (mode === '5') return indexedColor(values[0]);
  return mode === '2' ? rgbColor(values.length > 3 ? values.slice(1, 4) : values) : null;
}

/** `5;196` or `2;1;2;3`, taken from the fields that follow. */
function semicolonColor(rest: Iterator<string> & Iterable<string>): string | null {
  const next = () => rest.next().value as string | undefined;
  const mode = next();
  if (mode === '5') return indexedColor(next());
  if (mode === '2') return rgbColor([next(), next(), next()]);
  // How many fields are its own is not known.
  for (const _ of rest);
  return null;
}

function indexedColor(index: string | undefined): string | null {
  const value = byte(index);
  return value === null ? null : `ansi256(${value})`;
}

function rgbColor(components: readonly (string | undefined)[]): string | null {
  const [red = null, green = null, blue = null] = components.map(byte);
  return red === null || green === null || blue === null ? null : `rgb(${red}, ${green}, ${blue})`;
}

/** 0 to 255; nothing stands for 0. */
function byte(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN);
  return value <= 255 ? value : null;
}
