import { Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { countCompletions, lastCompletion, sparkline } from '../../domain/completions.ts';
import { formatCount, formatSpan } from '../../domain/format.ts';
import type { Phase } from '../../domain/status.ts';
import { countByPhase } from '../../domain/tally.ts';
import { endUnreadGlyph, glyphs } from '../../domain/tone.ts';
import { clamp } from '../../domain/viewport.ts';
import { type Snapshot, targetsOf } from '../../watch/snapshot.ts';
import { textTone } from '../theme.ts';

const counted: readonly Phase[] = ['succeeded', 'failed', 'running', 'waiting', 'unknown'];

const widestBar = 34;
/** What the bar gives way to: how long it will still take, and the plot. */
const narrowestBar = 8;
const narrowestBarWithPlot = 20;
/** From this width on there is a plot, of one of these widths, so that it seldom changes. */
const plotScreenWidth = 100;
const plotWidths = [24, 16, 12];
const longestLabel = ' each 10s'.length;

export interface ProgressProps {
  readonly snapshot: Snapshot;
  readonly screenWidth: number;
  /** How long it will still take, or null. */
  readonly left: string | null;
}

/** How many invocations are at one point. */
interface Part {
  readonly id: Phase | 'endUnread';
  readonly phase: Phase;
  readonly text: string;
}

/** How much is done, of what, how long it will still take, and how it went so far. */
export function Progress({ snapshot, screenWidth, left }: ProgressProps): ReactElement {
  const { rows } = snapshot;
  const counts = countByPhase(rows);
  const done = counts.succeeded + counts.failed;
  const all = Math.max(targetsOf(snapshot) ?? 0, rows.length);
  const tally = `${formatCount(done)} of ${all === 0 ? '?' : formatCount(all)}`;
  const parts: Part[] = counted
    .filter((phase) => counts[phase] > 0 || phase !== 'unknown')
    .map((phase) => ({ id: phase, phase, text: `${glyphs[phase]} ${formatCount(counts[phase])}` }));
  if (counts.endUnread > 0) {
    parts.push({
      id: 'endUnread',
      phase: 'unknown',
      text: `${endUnreadGlyph} ${formatCount(counts.endUnread)}`,
    });
  }
  const texts = [tally, ...parts.map(({ text }) => text), ...(left === null ? [] : [left])];
  const room = screenWidth - 1 - texts.reduce((sum, text) => sum + 2 + stringWidth(text), 0);
  const plot = screenWidth < plotScreenWidth ? null : plotOf(snapshot, room - narrowestBarWithPlot);
  const widest = clamp(screenWidth - 46, 0, widestBar);
  const width = clamp(room - (plot?.width ?? 0), Math.min(widest, narrowestBar), widest);
  const filled = all === 0 ? 0 : Math.floor((done / all) * width);
  return (
    <Text wrap="truncate">
      {' '}
      {'█'.repeat(filled)}
      {'░'.repeat(width - filled)}
      {`  ${tally}`}
      {parts.map(({ id, phase, text }) => (
        <Text key={id}>
          {'  '}
          <Text {...textTone(phase)}>{text}</Text>
        </Text>
      ))}
      {left === null ? '' : `  ${left}`}
      {plot?.text}
    </Text>
  );
}

interface Plot {
  readonly text: string;
  /** Cells that it takes at most while it grows, so that nothing else moves. */
  readonly width: number;
}

/**
 * Completions from the request until the last one when it is over, else as far as all are known: of a long sweep's own
 * time only some are, which would look like a rollout that slows down. Null where there is nothing to show, or no room.
 */
function plotOf({ command, rows, verdict, sweptAt }: Snapshot, room: number): Plot | null {
  const since = command?.requestedAt ?? null;
  const until = verdict ? lastCompletion(rows) : sweptAt;
  const cells = plotWidths.find((width) => 2 + width <= room);
  if (since === null || until === null || cells === undefined) return null;
  const { span, counts } = countCompletions(rows, since, until, cells);
  if (counts.every((count) => count === 0)) return null;
  const label = ` each ${formatSpan(span).replace(/ 0+[hms]$/, '')}`;
  const labelled = 2 + cells + longestLabel <= room;
  return {
    text: `  ${sparkline(counts)}${labelled ? label : ''}`,
    width: 2 + cells + (labelled ? longestLabel : 0),
  };
}
