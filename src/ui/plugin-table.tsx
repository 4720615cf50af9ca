import { format } from 'date-fns';
import { Text } from 'ink';
import { Table } from 'ink-table';
import type { ReactElement } from 'react';
import { formatSpan } from '../domain/format.ts';
import type { Plugin } from '../domain/invocation.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { isTerminal } from '../domain/status.ts';
import { glyphOf } from '../domain/tone.ts';
import { fitCell } from './columns.ts';

/** Lines that the table takes for so many plugins. */
export function pluginTableHeight(plugins: number): number {
  return plugins * 2 + 3;
}

const widestName = 32;

/** The steps of the document on this instance; the one whose output is shown is marked. */
export function PluginTable({
  plugins,
  chosen,
}: {
  plugins: readonly Plugin[];
  chosen: number;
}): ReactElement {
  return <Table data={plugins.map((plugin, index) => describe(plugin, index === chosen))} cell={Cell} />;
}

function describe(plugin: Plugin, chosen: boolean): Record<string, string> {
  const { startedAt, finishedAt, responseCode } = plugin;
  const name = sanitiseLine(plugin.name);
  return {
    ' ': chosen ? '❯' : ' ',
    plugin: fitCell(name, Math.min(widestName, Math.max(8, name.length))),
    status: `${glyphOf(plugin)} ${sanitiseLine(plugin.statusDetails)}`,
    exit: isTerminal(plugin) && responseCode !== null && responseCode !== -1 ? String(responseCode) : '',
    start: startedAt === null ? '' : format(startedAt, 'HH:mm:ss'),
    time: startedAt === null || finishedAt === null ? '' : formatSpan(finishedAt - startedAt),
  };
}

function Cell({ children }: React.PropsWithChildren<{ column: number }>): ReactElement {
  return <Text wrap="truncate">{children}</Text>;
}
