import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { commandTitle } from '../../domain/command.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import type { Snapshot } from '../../watch/snapshot.ts';
import { outcomeTone } from '../theme.ts';
import { ageText } from './age-text.ts';
import { controlsText } from './controls-text.ts';
import type { Place } from './place-text.ts';
import { problemLines } from './problem-lines.ts';
import { Progress } from './progress.tsx';
import { stateText, timeLeftText } from './state-text.ts';
import { ProblemLines, TitleLine } from './title-line.tsx';

export interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly commandId: string;
  readonly place: Place;
  /** Milliseconds. */
  readonly interval: number;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  readonly durationMs: number;
  readonly screenWidth: number;
  readonly screenHeight: number;
}

/** On a narrower screen, or one too narrow for both, what changes comes before what does not. */
const narrowWidth = 80;

/** Enough to tell one document from another at a glance. Cells. */
const leastTitle = 8;

/** Which rollout it is, where it stands, how old the data is, and what is wrong. */
export function Header(props: HeaderProps): ReactElement {
  const { snapshot, commandId, place, interval, now, awsTime, durationMs } = props;
  const { command, verdict } = snapshot;
  const title = command ? commandTitle(command) : '';
  const size = { columns: props.screenWidth, rows: props.screenHeight };
  const age = ageText(snapshot, now, interval, props.screenWidth);
  const state = sanitiseLine(stateText(snapshot, awsTime, durationMs));
  const bothWidth = commandId.length + 3 + stringWidth(state);
  const narrow = props.screenWidth < Math.max(narrowWidth, bothWidth);
  const controls = controlsText(snapshot, props.screenWidth - (narrow ? 1 + stringWidth(state) : bothWidth));
  return (
    <Box flexDirection="column" flexShrink={0} overflow="hidden">
      <TitleLine
        title={title}
        place={place}
        age={age}
        leastTitle={leastTitle}
        screenWidth={props.screenWidth}
      />
      <Text wrap="truncate">
        {' '}
        {narrow ? null : `${commandId}  `}
        <Text {...outcomeTone(verdict)}>{state}</Text>
        {controls.map((text) => `  ${sanitiseLine(text)}`)}
        {narrow ? `  ${commandId}` : null}
      </Text>
      <Progress snapshot={snapshot} screenWidth={props.screenWidth} left={timeLeftText(snapshot, awsTime)} />
      <ProblemLines lines={problemLines(snapshot, now, size)} />
    </Box>
  );
}
