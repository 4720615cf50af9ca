import cliTruncate from 'cli-truncate';
import { format } from 'date-fns/format';
import { Text } from 'ink';
import { Table } from 'ink-table';
import type { ReactElement } from 'react';
import { formatSpan } from '../domain/format.ts';
import type { Plugin } from '../domain/invocation.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { isTerminal } from '../domain/status.ts';
import { glyphOf } from '../domain/tone.ts';

/** The longest StatusDetails that AWS has, and its glyph. */
const statusWidth = 19;

export interface PluginTableProps {
  readonly plugins: readonly Plugin[];
  /** Index of the one whose output is shown. */
  readonly chosen: number;
  /** Cells for the name. */
  readonly nameWidth: number;
}

/** The steps of the document on this instance; the one whose output is shown is marked. */
export function PluginTable({ plugins, chosen, nameWidth }: PluginTableProps): ReactElement {
  const data = plugins.map((plugin, index) => describe(plugin, index === chosen, nameWidth));
  return <Table data={data} cell={Cell} />;
}

function describe(plugin: Plugin, chosen: boolean, nameWidth: number): Record<string, string> {
  const { startedAt, finishedAt, responseCode } = plugin;
  return {
    ' ': chosen ? '❯' : ' ',
    plugin: cliTruncate(sanitiseLine(plugin.name), nameWidth),
    status: cliTruncate(`${glyphOf(plugin)} ${sanitiseLine(plugin.statusDetails)}`, statusWidth),
    exit: isTerminal(plugin) && responseCode !== null && responseCode !== -1 ? String(responseCode) : '',
    start: startedAt === null ? '' : format(startedAt, 'HH:mm:ss'),
    time: startedAt === null || finishedAt === null ? '' : formatSpan(finishedAt - startedAt),
  };
}

function Cell({ children }: React.PropsWithChildren<{ column: number }>): ReactElement {
  return <Text wrap="truncate">{children}</Text>;
}
