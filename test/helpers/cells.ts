// biome-ignore lint/correctness/noUnresolvedImports: its types are an ambient module, which Biome cannot see
import type { IBufferCell, IBufferLine } from '@xterm/headless';

const colourNames = [
  ...['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'],
  ...['gray', 'redBright', 'greenBright', 'yellowBright', 'blueBright', 'magentaBright', 'cyanBright'],
  'whiteBright',
] as const;

/** How a cell of the terminal looks. Colours are names of the sixteen, null for the default, else `other`. */
export interface Look {
  readonly colour: string | null;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
  readonly underline: boolean;
}

/** One cell; a wide character's second cell is left out. */
export interface Cell extends Look {
  readonly text: string;
  /** In cells. */
  readonly column: number;
  readonly width: number;
}

/** The cells of a line of xterm's buffer, which may hold more columns than the terminal still has. */
export function cellsOf(line: IBufferLine | undefined, columns: number): Cell[] {
  return Array.from({ length: columns }, (_, column) => {
    const cell = line?.getCell(column);
    return cell && cell.getWidth() > 0 ? [describe(cell, column)] : [];
  }).flat();
}

function describe(cell: IBufferCell, column: number): Cell {
  return {
    text: cell.getChars() || ' ',
    column,
    width: cell.getWidth(),
    colour: colourOf(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor()),
    background: colourOf(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}

function colourOf(isDefault: boolean, isPalette: boolean, value: number): string | null {
  if (isDefault) return null;
  return (isPalette ? colourNames[value] : undefined) ?? 'other';
}
