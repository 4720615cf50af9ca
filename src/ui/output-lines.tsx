import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { DetailLine } from './detail-lines.ts';

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
  if (search === '') return <>{text}</>;
  const parts: ReactElement[] = [];
  const [haystack, needle] = [text.toLowerCase(), search.toLowerCase()];
  let from = 0;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, from)) {
    parts.push(<Text key={from}>{text.slice(from, at)}</Text>);
    parts.push(
      <Text key={`match ${at}`} inverse>
        {text.slice(at, at + needle.length)}
      </Text>,
    );
    from = at + needle.length;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
