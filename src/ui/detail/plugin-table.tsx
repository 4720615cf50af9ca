import cliTruncate from 'cli-truncate';
import { Text } from 'ink';
import { Table } from 'ink-table';
import type { PropsWithChildren, ReactElement } from 'react';
import { formatSpan } from '../../domain/format.ts';
import type { Plugin } from '../../domain/invocation.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import { isTerminal, phases } from '../../domain/status.ts';
import { glyphOf, glyphs, skippedGlyph } from '../../domain/tone.ts';
import { textTone } from '../theme.ts';
import { startText } from './plugin-window.ts';

/** The longest StatusDetails that AWS has, and its glyph. */
const statusWidth = 19;

export interface PluginTableProps {
  readonly plugins: readonly Plugin[];
  /** Which of them were skipped, whatever AWS calls them. */
  readonly skipped: readonly boolean[];
  /** Index of the one whose output is shown. */
  readonly shownIndex: number;
  /** Cells for the name. */
  readonly nameWidth: number;
  /** When the invocation was requested, in epoch milliseconds. */
  readonly requestedAt: number | null;
}

/** The steps of the document on this instance; the one whose output is shown is marked. */
export function PluginTable(props: PluginTableProps): ReactElement {
  const { plugins, skipped, shownIndex, nameWidth, requestedAt } = props;
  const data = plugins.map((plugin, index) => ({
    ' ': index === shownIndex ? '❯' : ' ',
    plugin: cliTruncate(asciiName(plugin.name), nameWidth),
    ...(skipped[index] ? skippedStep : describe(plugin, requestedAt)),
  }));
  return <Table data={data} cell={Cell} />;
}

/** A step that did not run has no exit code and no time, though AWS gives it some. */
const skippedStep = { status: `${skippedGlyph} skipped`, exit: '', start: '', time: '' };

function describe(plugin: Plugin, requestedAt: number | null): Record<string, string> {
  const { startedAt, finishedAt, responseCode } = plugin;
  return {
    status: cliTruncate(`${glyphOf(plugin)} ${sanitiseLine(plugin.statusDetails)}`, statusWidth),
    exit: isTerminal(plugin) && responseCode !== null && responseCode !== -1 ? String(responseCode) : '',
    start: startText(plugin, requestedAt),
    time: startedAt === null || finishedAt === null ? '' : formatSpan(finishedAt - startedAt),
  };
}

/** ink-table pads by characters, not by cells. Names of steps are ASCII; anything else is shown as its code. */
function asciiName(name: string): string {
  return sanitiseLine(name).replace(
    /[^ -~]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** A cell is told its text and nothing of its row: what it begins with is the glyph of a status, or no glyph. */
function Cell({ children }: PropsWithChildren<{ column: number }>): ReactElement {
  const text = String(children);
  const phase = phases.find((candidate) => text.trimStart().startsWith(`${glyphs[candidate]} `));
  const isSkipped = text.trimStart().startsWith(`${skippedGlyph} `);
  return (
    <Text wrap="truncate" dimColor={isSkipped} {...(phase ? textTone(phase) : {})}>
      {text}
    </Text>
  );
}
