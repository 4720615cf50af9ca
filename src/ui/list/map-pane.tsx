import { Box, Text } from 'ink';
import { memo, type ReactElement, useContext, useMemo } from 'react';
import stringWidth from 'string-width';
import type { Circumstances } from '../../domain/circumstances.ts';
import { rowDetail } from '../../domain/detail.ts';
import { type LegendEntry, legendOf, type MapCell } from '../../domain/fleet-map.ts';
import { countOf, formatCount } from '../../domain/format.ts';
import { exitCodeOf, type Invocation } from '../../domain/invocation.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal, phaseOf, phases } from '../../domain/status.ts';
import { countByPhase } from '../../domain/tally.ts';
import { glyphOf, glyphs } from '../../domain/tone.ts';
import { PaintedLine } from '../painted-line.tsx';
import { PainterContext } from '../painter.ts';
import type { MapLayout } from '../state.ts';
import { textTone } from '../theme.ts';

export interface MapPaneProps {
  /** All rows of the map. */
  readonly rows: readonly Invocation[];
  readonly circumstances: Circumstances;
  readonly layout: MapLayout;
  /** Index of the cell under the cursor. */
  readonly cursorCell: number;
  /** The order of the rows, in words. */
  readonly order: string;
  readonly screenWidth: number;
  /** Lines for everything; where there are few, title and legend give way, then what is said of the cell. */
  readonly height: number;
  /** What to say in place of cells; null when there are rows. */
  readonly emptyText: string | null;
}

/** The fleet at a glance: a glyph an instance, or several; what they are, and what is under the cursor. */
export function MapPane(props: MapPaneProps): ReactElement {
  const { rows, circumstances, layout, cursorCell, order, screenWidth, height, emptyText } = props;
  const { cells, cellsPerLine, lineCount } = layout;
  const cell = cells[cursorCell];
  const indexes = Array.from({ length: Math.ceil(cells.length / cellsPerLine) }, (_, line) => line);
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      {height > lineCount + 2 ? (
        <Text wrap="truncate" dimColor>
          {' '}
          {titleText(rows.length, cells[0]?.count ?? 1, order)}
        </Text>
      ) : null}
      {indexes.map((line) => {
        const column = cursorCell - line * cellsPerLine;
        return (
          <MapLine
            key={line}
            cells={cells.slice(line * cellsPerLine, (line + 1) * cellsPerLine)}
            cursorCell={column >= 0 && column < cellsPerLine ? column : null}
            indent={screenWidth > cellsPerLine ? 1 : 0}
          />
        );
      })}
      {emptyText === null ? null : (
        <Text wrap="truncate" dimColor>
          {'    '}
          {emptyText}
        </Text>
      )}
      <Box flexGrow={1} />
      {height > lineCount + 1 ? <Legend rows={rows} screenWidth={screenWidth} /> : null}
      {cell && height > lineCount ? <CellInfo rows={rows} circumstances={circumstances} cell={cell} /> : null}
    </Box>
  );
}

function titleText(rows: number, perCell: number, order: string): string {
  const scale = perCell === 1 ? [] : [`one cell = ${countOf(perCell, 'instance')}`];
  return [countOf(rows, 'instance'), ...scale, order].join(', ');
}

interface LegendProps {
  readonly rows: readonly Invocation[];
  readonly screenWidth: number;
}

/** What the glyphs are, with counts; by phase where there is no room for every StatusDetails. */
function Legend({ rows, screenWidth }: LegendProps): ReactElement {
  const byStatus = useMemo(() => legendOf(rows).map(toMark), [rows]);
  const width = byStatus.reduce((sum, { text }) => sum + stringWidth(text) + 2, 0);
  const marks = width < screenWidth ? byStatus : byPhase(rows).map(withWord);
  return (
    <Text wrap="truncate">
      {' '}
      <Marks marks={marks} />
    </Text>
  );
}

/** A glyph with a count, and what more is said of it. */
type Mark = Pick<LegendEntry, 'phase'> & {
  /** What it counts, which is one of the kind in its line. */
  readonly id: string;
  readonly text: string;
};

function Marks({ marks }: { marks: readonly Mark[] }): ReactElement[] {
  return marks.map(({ id, phase, text }) => (
    <Text key={id} {...textTone(phase)}>
      {text}
      {'  '}
    </Text>
  ));
}

function toMark({ phase, glyph, count, statusDetails }: LegendEntry): Mark {
  return {
    id: `${phase} ${statusDetails}`,
    phase,
    text: `${glyph} ${formatCount(count)} ${sanitiseLine(statusDetails)}`,
  };
}

function withWord({ id, phase, text }: Mark): Mark {
  return { id, phase, text: `${text} ${phase}` };
}

function byPhase(rows: readonly Invocation[]): Mark[] {
  const counts = countByPhase(rows);
  return phases
    .filter((phase) => counts[phase] > 0)
    .map((phase) => ({ id: phase, phase, text: `${glyphs[phase]} ${formatCount(counts[phase])}` }));
}

interface MapLineProps {
  readonly cells: readonly MapCell[];
  /** Index of the cell under the cursor, or null. */
  readonly cursorCell: number | null;
  readonly indent: number;
}

/** One line of cells, of which there can be ten thousand on the screen. */
const MapLine = memo(function MapLine({ cells, cursorCell, indent }: MapLineProps): ReactElement {
  const painter = useContext(PainterContext);
  const marker = indent === 0 ? '' : cursorCell === null ? ' ' : '❯';
  const runs = runsOf(cells, cursorCell).map(({ phase, inverse, text }) =>
    inverse ? painter.inverse(phase, text) : painter.tone(phase, text),
  );
  return <PaintedLine text={marker + runs.join('')} width={indent + cells.length} />;
}, looksAlike);

function looksAlike(before: MapLineProps, after: MapLineProps): boolean {
  return (
    before.cursorCell === after.cursorCell &&
    before.indent === after.indent &&
    before.cells.length === after.cells.length &&
    before.cells.every(({ phase, glyph }, index) => {
      const cell = after.cells[index];
      return phase === cell?.phase && glyph === cell.glyph;
    })
  );
}

/** Neighbours of one look. */
interface Run {
  readonly phase: MapCell['phase'];
  readonly inverse: boolean;
  text: string;
}

/** The line as few texts; the cell under the cursor is one of its own. */
function runsOf(cells: readonly MapCell[], cursorCell: number | null): Run[] {
  const runs: Run[] = [];
  cells.forEach(({ phase, glyph }, at) => {
    const last = runs.at(-1);
    const inverse = at === cursorCell;
    if (last?.phase === phase && last.inverse === inverse) last.text += glyph;
    else runs.push({ phase, inverse, text: glyph });
  });
  return runs;
}

interface CellInfoProps {
  readonly rows: readonly Invocation[];
  readonly circumstances: Circumstances;
  readonly cell: MapCell;
}

/** What is under the cursor: the instance; of several, what they are and the worst of them. */
function CellInfo({ rows, circumstances, cell }: CellInfoProps): ReactElement | null {
  const worst = rows[cell.worst];
  if (!worst) return null;
  const inCell = rows.slice(cell.first, cell.first + cell.count);
  const code = isTerminal(worst) ? exitCodeOf(worst) : null;
  return (
    <Text wrap="truncate">
      {' '}
      {cell.count === 1 ? null : (
        <Text>
          {countOf(cell.count, 'instance')}: <Marks marks={byPhase(inCell)} />
          worst{' '}
        </Text>
      )}
      <Text bold>{sanitiseLine(worst.instanceId)}</Text>
      {cell.count === 1 ? ` ${sanitiseLine(worst.instanceName)}` : ''}{' '}
      <Text {...textTone(phaseOf(worst))}>
        {glyphOf(worst)} {sanitiseLine(worst.statusDetails)}
      </Text>
      {code === null ? '' : ` exit ${code}`} {sanitiseLine(rowDetail(worst, circumstances))}
    </Text>
  );
}
