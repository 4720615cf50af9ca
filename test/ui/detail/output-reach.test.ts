import { describe, expect, it } from 'vitest';
import { listedReading, type OutputReading, type StreamText } from '../../../src/domain/output-reading.ts';
import { outputDocument } from '../../../src/ui/detail/output-blocks.ts';
import { noMatches } from '../../../src/ui/detail/output-document.ts';
import { wantedTexts } from '../../../src/ui/detail/output-reach.ts';
import { type OutputTop, OutputView } from '../../../src/ui/detail/output-view.ts';
import { mostKept } from '../../../src/watch/outputs/stream-readers.ts';
import { invocation, plugin } from '../../helpers/fixtures.ts';

const height = 10;
const stream = (count: number, more: Partial<StreamText>, size = 1): StreamText => ({
  source: 'S3',
  region: {
    pieces: [{ lines: Array.from({ length: count }, (_, index) => `line ${index}`), size }],
    firstId: 0,
    zeroId: null,
  },
  moreBefore: false,
  moreAfter: false,
  total: 1_000_000,
  skipped: null,
  truncated: false,
  ...more,
});
const wanted = (change: Partial<OutputReading>, top: OutputTop, searching = false) => {
  const reading = { ...listedReading(plugin()), ...change };
  const output = new OutputView(
    outputDocument(invocation(), plugin(), reading, ''),
    noMatches,
    height,
    null,
    100,
    100,
  );
  return wantedTexts(output, top, reading, searching).map(
    ({ stream: name, direction }) => `${name} ${direction}`,
  );
};
const at = (id: number, block = 'stdout'): OutputTop => ({ block, id, row: 0 });
const after = { moreAfter: true };
const before = { moreBefore: true };
const both = { ...after, ...before };

describe('what is to be read on', () => {
  it.each<[string, Partial<OutputReading>, OutputTop, string[]]>([
    ['nothing where all is read', { stdout: stream(5, {}) }, 'start', []],
    ['nothing far from the end', { stdout: stream(100, after) }, at(55), []],
    ['what is behind three pages from the end', { stdout: stream(100, after) }, at(62), ['stdout after']],
    ['what is behind the end', { stdout: stream(100, after) }, 'end', ['stdout after']],
    ['nothing far from the beginning', { stdout: stream(100, before) }, at(40), []],
    ['what is before near the beginning', { stdout: stream(100, before) }, at(29), ['stdout before']],
    ['both of little', { stdout: stream(5, both) }, 'start', ['stdout after', 'stdout before']],
    ['what follows nothing yet', { stdout: stream(0, after) }, 'start', ['stdout after']],
    [
      'nothing of a stream that is out of sight',
      { stdout: stream(100, {}), stderr: stream(100, both) },
      'start',
      [],
    ],
    [
      'the end of the one and the beginning of the other where they meet',
      { stdout: stream(100, both), stderr: stream(100, both) },
      at(95),
      ['stdout after', 'stderr before'],
    ],
    [
      'nothing of the first far down in the second',
      { stdout: stream(100, both), stderr: stream(100, after) },
      at(40, 'stderr'),
      [],
    ],
  ])('%s', (_, reading, top, texts) => expect(wanted(reading, top)).toEqual(texts));

  it('is as much as is kept, while one searches', () => {
    expect(wanted({ stdout: stream(100, after) }, 'start', true)).toEqual(['stdout after']);
    expect(wanted({ stdout: stream(100, after, mostKept) }, 'start', true)).toEqual([]);
    expect(wanted({ stdout: stream(100, after, mostKept) }, at(80), true)).toEqual(['stdout after']);
  });
});
