import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { StyledSpan } from '../../domain/sanitise.ts';
import { type OutputRow, sliceSpans } from './output-view.ts';
import { splitAtMatches } from './search.ts';

/** One row of output, cut at the edge of the screen, with what is searched for marked. */
export function OutputRowLine({ row, search }: { row: OutputRow; search: string }): ReactElement {
  const { kind, spans } = row;
  switch (kind) {
    case 'heading':
      return (
        <Text wrap="truncate" bold underline>
          {spans.map(({ text }) => text)}
        </Text>
      );
    case 'notice':
      return (
        <Text wrap="truncate" color="yellow">
          <Marked spans={spans} search={search} />
        </Text>
      );
    case 'stdout':
    case 'stderr':
      return (
        <Text wrap="truncate">
          {spans.every(({ text }) => text === '') ? ' ' : null}
          <Marked spans={spans} search={search} />
        </Text>
      );
  }
}

function Marked({ spans, search }: { spans: readonly StyledSpan[]; search: string }): ReactElement {
  const plain = spans.map(({ text }) => text).join('');
  return (
    <>
      {splitAtMatches(plain, search).map(({ at, text, isMatch }) => (
        <Text key={at} inverse={isMatch}>
          {sliceSpans(spans, at, at + text.length).map((span) => (
            <Styled key={span.at} span={span} />
          ))}
        </Text>
      ))}
    </>
  );
}

function Styled({ span: { text, style } }: { span: StyledSpan }): ReactElement {
  const { dim = false, ...others } = style;
  return (
    <Text dimColor={dim} {...others}>
      {text}
    </Text>
  );
}
