import { sanitiseLines } from './sanitise.ts';

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

export interface StyledSpan {
  readonly text: string;
  readonly style: TextStyle;
}

export function sanitiseStyledLine(line: string): StyledSpan[] {
  return [{ text: sanitiseLines(line).join(''), style: {} }];
}
