import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import { formatTime } from '../../domain/format.ts';
import type { Invocation } from '../../domain/invocation.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { skippedSteps } from '../../domain/skipped-steps.ts';
import { phaseOf } from '../../domain/status.ts';
import { glyphOf } from '../../domain/tone.ts';
import { cutCell } from '../table/cells.ts';
import { textTone } from '../theme.ts';
import { timeText } from '../time-text.ts';
import { OutputRowLine } from './output-row.tsx';
import type { OutputRow } from './output-view.ts';
import { PluginTable } from './plugin-table.tsx';
import type { PluginWindow } from './plugin-window.ts';

export interface DetailPaneProps {
  readonly invocation: Invocation;
  /** A line on what the output cannot tell; null for none. */
  readonly explained: string | null;
  readonly shownPluginIndex: number;
  /** The visible rows of the output only. */
  readonly rows: readonly OutputRow[];
  readonly search: string;
  readonly pluginWindow: PluginWindow;
  /** Epoch milliseconds. */
  readonly awsTime: number;
  readonly screenWidth: number;
}

/** One invocation: what it is, its plugins, and the output of the chosen one. */
export function DetailPane(props: DetailPaneProps): ReactElement {
  const { invocation, explained, shownPluginIndex, rows, search, pluginWindow, awsTime, screenWidth } = props;
  const { plugins, requestedAt } = invocation;
  const { from, count, nameWidth } = pluginWindow;
  const id = sanitiseLine(invocation.instanceId);
  const status = `${glyphOf(invocation)} ${sanitiseLine(invocation.statusDetails)}`;
  const times = [
    ...(requestedAt === null ? [] : [`requested ${formatTime(requestedAt, awsTime)}`]),
    `took ${timeText(invocation, awsTime)}`,
  ];
  const shownPlugin = plugins[shownPluginIndex];
  const plugin = count === 0 && shownPlugin ? [`plugin ${sanitiseLine(shownPlugin.name)}`] : [];
  const rest = [...times, ...plugin].map((part) => `  ${part}`).join('');
  // The list has it too.
  const nameRoom = screenWidth - stringWidth(` ${id}   ${status}${rest}`);
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      <Text wrap="truncate">
        {' '}
        <Text bold>{id}</Text> {cutCell(sanitiseLine(invocation.instanceName), nameRoom)}
        {'  '}
        <Text {...textTone(phaseOf(invocation))}>{status}</Text>
        {rest}
      </Text>
      {explained === null ? null : (
        <Text wrap="truncate" {...textTone(phaseOf(invocation))}>
          {' '}
          {sanitiseLine(explained)}
        </Text>
      )}
      {count > 0 ? (
        <PluginTable
          plugins={plugins.slice(from, from + count)}
          skipped={skippedSteps(plugins)
            .slice(from, from + count)
            .map((skip) => skip !== null)}
          shownIndex={shownPluginIndex - from}
          nameWidth={nameWidth}
          requestedAt={requestedAt}
        />
      ) : null}
      {rows.map((row) => (
        <OutputRowLine key={row.key} row={row} search={search} />
      ))}
    </Box>
  );
}
