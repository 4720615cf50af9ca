import { Box, Text } from 'ink';
import { type ReactElement, useContext } from 'react';
import { KeyLabelsContext } from './keys/key-labels.ts';
import { bindingsIn, type KeyContext } from './keys/keymap.ts';
import { fitCell } from './list/columns.ts';

/** One line of the help. */
export interface HelpLine {
  /** Place in the whole, from 0. */
  readonly index: number;
  /** The keys that do it; null for a title. */
  readonly labels: readonly string[] | null;
  readonly text: string;
}

type Place = readonly [context: KeyContext, title: string];

const commands: Place = ['commands', 'In the recent commands'];
const others: Place = ['others', 'In the other commands on an instance'];
const watch: readonly Place[] = [
  ['list', 'In the list'],
  ['groups', 'In the failures by cause'],
  ['map', 'In the map'],
  ['detail', 'In the output of an instance'],
  ['fields', 'In the other fields'],
];
const prompt: Place = ['prompt', 'In a line of input'];

/** The help of a watch: a title for each place, and its keys. */
export const helpLines = linesOf([...watch, others, commands, prompt]);

/** The same, with the keys of the picker first. */
export const pickerHelpLines = linesOf([commands, ...watch, others, prompt]);

/** The same, with the keys of the picker above a watch first. */
export const othersHelpLines = linesOf([others, ...watch, commands, prompt]);

function linesOf(places: readonly Place[]): readonly HelpLine[] {
  return places
    .flatMap(([context, title]) => [
      { labels: null, text: title },
      ...bindingsIn(context).map(({ labels, description }) => ({ labels, text: description })),
    ])
    .map((line, index) => ({ ...line, index }));
}

/** The visible lines of the help. */
export function HelpPane({ lines }: { lines: readonly HelpLine[] }): ReactElement {
  const keyLabels = useContext(KeyLabelsContext);
  return (
    <Box flexDirection="column" flexGrow={1} overflow="hidden">
      {lines.map(({ index, labels, text }) => (
        <Text key={index} wrap="truncate" bold={labels === null}>
          {' '}
          {labels && `  ${fitCell(labels.map(keyLabels.of).join(' '), 20)} `}
          {text}
        </Text>
      ))}
    </Box>
  );
}
