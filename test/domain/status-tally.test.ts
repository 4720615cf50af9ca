import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StatusTally } from '../../src/domain/status-tally.ts';
import { tallyOf } from '../helpers/tally.ts';

const pairs = fc.array(
  fc.record({
    status: fc.constantFrom('Success', 'Failed', 'Fail', 'ed', ''),
    statusDetails: fc.constantFrom('Success', 'Terminated', 'edTerminated', 'Failed', ''),
  }),
  { maxLength: 30 },
);

it('has a count for each pair that occurs, and none for others', () =>
  fc.assert(
    fc.property(pairs, pairs, (kept, gone) => {
      const tally = new StatusTally();
      for (const pair of [...gone, ...kept]) tally.add(pair);
      for (const pair of gone) tally.remove(pair);
      const expected = kept.map(({ status, statusDetails }) => ({
        status,
        statusDetails,
        count: kept.filter((other) => other.status === status && other.statusDetails === statusDetails)
          .length,
      }));
      expect(new Set(tally.counts.map((count) => JSON.stringify(count)))).toEqual(
        new Set(expected.map((count) => JSON.stringify(count))),
      );
      expect(tally.counts).toHaveLength(tallyOf(kept).length);
    }),
  ));
