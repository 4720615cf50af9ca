import type { StyledSpan } from '../../../src/domain/sanitise.ts';
import type { Block } from '../../../src/ui/detail/output-document.ts';
import type { OutputTop, OutputView } from '../../../src/ui/detail/output-view.ts';

/** What is drawn of spans, without their styles. */
export const textOf = (spans: readonly StyledSpan[]) => spans.map(({ text }) => text).join('');

/** The rows of a view that begins there, without their styles. */
export const texts = (view: OutputView, top: OutputTop) => view.rows(top).map(({ spans }) => textOf(spans));

/** A stdout of these lines, the first of which has this ID. */
export const stdout = (lines: readonly string[], firstId = 0): Block => ({
  name: 'stdout',
  kind: 'stdout',
  region: { pieces: [{ lines, size: 1 }], firstId, zeroId: null },
});
