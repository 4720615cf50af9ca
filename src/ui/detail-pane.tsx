import { format } from 'date-fns';
import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Invocation } from '../domain/invocation.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { phaseOf } from '../domain/status.ts';
import { glyphOf } from '../domain/tone.ts';
import type { DetailLine } from './detail-lines.ts';
import { OutputLine } from './output-lines.tsx';
import { PluginTable, pluginTableHeight } from './plugin-table.tsx';
import { timeText } from './row.tsx';
import { textTone } from './theme.ts';

/** Plugins around the chosen one that the table shows on a screen of so many lines. */
function shownPlugins(
  plugins: number,
  chosen: number,
  screenHeight: number,
): { from: number; count: number } {
  const room = Math.floor((screenHeight / 2 - pluginTableHeight(0)) / 2);
  const count = Math.max(0, Math.min(plugins, room, 5));
  return { from: Math.max(0, Math.min(chosen - Math.floor(count / 2), plugins - count)), count };
}

/** Lines that the pane needs above the output. */
export function detailHeadHeight(plugins: number, screenHeight: number): number {
  const { count } = shownPlugins(plugins, 0, screenHeight);
  return 1 + (count > 0 ? pluginTableHeight(count) : 0);
}

export interface DetailPaneProps {
  readonly invocation: Invocation;
  readonly chosen: number;
  /** The visible lines of the output only. */
  readonly lines: readonly DetailLine[];
  readonly search: string;
  readonly screenHeight: number;
  /** Epoch milliseconds. */
  readonly awsTime: number;
}

/** One invocation: what it is, its plugins, and the output of the chosen one. */
export function DetailPane(props: DetailPaneProps): ReactElement {
  const { invocation, chosen, lines, search, screenHeight, awsTime } = props;
  const { plugins, requestedAt } = invocation;
  const { from, count } = shownPlugins(plugins.length, chosen, screenHeight);
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate">
        {' '}
        <Text bold>{sanitiseLine(invocation.instanceId)}</Text> {sanitiseLine(invocation.instanceName)}
        {'  '}
        <Text {...textTone(phaseOf(invocation))}>
          {glyphOf(invocation)} {sanitiseLine(invocation.statusDetails)}
        </Text>
        {requestedAt === null ? '' : `  requested ${format(requestedAt, 'HH:mm:ss')}`}
        {`  took ${timeText(invocation, awsTime)}`}
        {count === 0 && plugins[chosen] ? `  plugin ${sanitiseLine(plugins[chosen].name)}` : ''}
      </Text>
      {count > 0 ? <PluginTable plugins={plugins.slice(from, from + count)} chosen={chosen - from} /> : null}
      {lines.map((line) => (
        <OutputLine key={line.index} line={line} search={search} />
      ))}
    </Box>
  );
}
