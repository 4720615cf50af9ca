import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatCount } from '../domain/format.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import type { Phase } from '../domain/status.ts';
import { countByPhase } from '../domain/tally.ts';
import { glyphs } from '../domain/tone.ts';
import type { Snapshot } from '../watch/store.ts';
import { ageText, controlsText, problemText, shortAgeText, stateText, timeLeftText } from './status-line.ts';
import { outcomeTone, textTone } from './theme.ts';

export interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly commandId: string;
  /** Region, profile and account, as far as they are known. */
  readonly place: readonly string[];
  /** Milliseconds. */
  readonly interval: number;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  readonly durationMs: number;
  readonly screenWidth: number;
}

/** On a narrower screen what changes comes before what does not. */
const narrowWidth = 80;
const tinyWidth = 40;

/** Which rollout it is, where it stands, how old the data is, and what is wrong. */
export function Header(props: HeaderProps): ReactElement {
  const { snapshot, commandId, place, interval, now, awsTime, durationMs } = props;
  const { command, rows, verdict } = snapshot;
  const title = [command?.documentName, command?.comment].filter(Boolean).join(' · ');
  const problem = problemText(snapshot, now);
  const age = props.screenWidth < tinyWidth ? shortAgeText(snapshot, now) : ageText(snapshot, now, interval);
  const narrow = props.screenWidth < narrowWidth;
  return (
    <Box flexDirection="column" flexShrink={0} overflow="hidden">
      <Box columnGap={2}>
        <Box flexGrow={1} flexShrink={1}>
          <Text wrap="truncate">
            {' '}
            <Text bold>ssm-watch</Text> {sanitiseLine(title)}
          </Text>
        </Box>
        <Box flexShrink={2}>
          <Text wrap="truncate">{sanitiseLine(place.join(' · '))}</Text>
        </Box>
        <Box flexShrink={0}>
          <Text wrap="truncate">{age} </Text>
        </Box>
      </Box>
      <Text wrap="truncate">
        {' '}
        {narrow ? null : `${commandId}  `}
        <Text {...outcomeTone(verdict)}>{sanitiseLine(stateText(snapshot, awsTime, durationMs))}</Text>
        {controlsText(command, rows).map((text) => `  ${sanitiseLine(text)}`)}
        {narrow ? `  ${commandId}` : null}
      </Text>
      <Progress snapshot={snapshot} screenWidth={props.screenWidth} left={timeLeftText(snapshot, awsTime)} />
      {problem === null ? null : (
        <Text wrap="truncate" color="yellow">
          {' '}
          ! {sanitiseLine(problem)}
        </Text>
      )}
    </Box>
  );
}

const counted: readonly Phase[] = ['succeeded', 'failed', 'running', 'waiting', 'unknown'];

interface ProgressProps {
  readonly snapshot: Snapshot;
  readonly screenWidth: number;
  /** How long it will still take, or null. */
  readonly left: string | null;
}

function Progress({ snapshot, screenWidth, left }: ProgressProps): ReactElement {
  const { command, rows } = snapshot;
  const counts = countByPhase(rows);
  const done = counts.succeeded + counts.failed;
  const all = Math.max(command?.targetCount ?? 0, rows.length);
  const width = Math.max(0, Math.min(34, screenWidth - 46));
  const filled = all === 0 ? 0 : Math.floor((done / all) * width);
  return (
    <Text wrap="truncate">
      {' '}
      {'█'.repeat(filled)}
      {'░'.repeat(width - filled)}
      {'  '}
      {formatCount(done)} of {all === 0 ? '?' : formatCount(all)}
      {'  '}
      {counted
        .filter((phase) => counts[phase] > 0 || phase !== 'unknown')
        .map((phase) => (
          <Text key={phase} {...textTone(phase)}>
            {glyphs[phase]} {formatCount(counts[phase])}
            {'  '}
          </Text>
        ))}
      {left}
    </Text>
  );
}
