import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { DetailLine } from './detail-lines.ts';
import { splitAtMatches } from './search.ts';

/** One line of output, cut at the edge of the screen, with what is searched for marked. */
export function OutputLine({ line, search }: { line: DetailLine; search: string }): ReactElement {
  switch (line.kind) {
    case 'heading':
      return (
        <Text wrap="truncate" bold underline>
          {line.text}
        </Text>
      );
    case 'notice':
      return (
        <Text wrap="truncate" color="yellow">
          <Marked text={line.text} search={search} />
        </Text>
      );
    case 'stdout':
    case 'stderr':
      return (
        <Text wrap="truncate">
          <Marked text={line.text === '' ? ' ' : line.text} search={search} />
        </Text>
      );
  }
}

function Marked({ text, search }: { text: string; search: string }): ReactElement {
  return (
    <>
      {splitAtMatches(text, search).map((piece) => (
        <Text key={`${piece.at} ${piece.isMatch}`} inverse={piece.isMatch}>
          {piece.text}
        </Text>
      ))}
    </>
  );
}
