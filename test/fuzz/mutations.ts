import * as fc from 'fast-check';
import { type MemberEdit, type Mutation, rowEdits, textEdits, type WireAnswer } from './mutate.ts';
import { oddBodies, oddErrors, oddHeaders, oddNames, oddValues } from './odd-values.ts';

/** Evenly spread, which doubles of fast-check are not: most of them are next to nothing. */
const share = fc.integer({ min: 0, max: 9_999 }).map((part) => part / 10_000);
const oddValue = fc.constantFrom(...oddValues);

const memberEdit: fc.Arbitrary<MemberEdit> = fc.oneof(
  { weight: 3, arbitrary: oddValue.map((value) => ({ do: 'set' as const, value })) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'drop' as const }, { do: 'repeat' as const }) },
  fc.constantFrom(...oddNames).map((name) => ({ do: 'rename' as const, name })),
  oddValue.map((value) => ({ do: 'shadow' as const, value })),
  share.map((other) => ({ do: 'swap' as const, other })),
);

/** What a row or a command could say. */
const plausible: [member: string, value: unknown][] = [
  ...['Success', 'Failed', 'TimedOut', 'Cancelled', 'InProgress', 'Pending'].map(
    (status): [string, unknown] => ['Status', status],
  ),
  ...['Success', 'Failed', 'Terminated', 'NoInstancesInTag'].map((details): [string, unknown] => [
    'StatusDetails',
    details,
  ]),
  ...[0, 1, 3, 1_000].map((count): [string, unknown] => ['TargetCount', count]),
  ['InstanceId', 'i-0000000000000000a'],
  ['ExpiresAfter', 1],
];

/** Any change of any answer. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      change: fc.constant('member' as const),
      path: fc.array(share, { minLength: 1, maxLength: 5 }),
      edit: memberEdit,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      change: fc.constant('rows' as const),
      edit: fc.constantFrom(...rowEdits),
      from: share,
      to: share,
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(share, fc.constantFrom<[string, unknown][]>(...plausible))
      .map(([place, [member, value]]) => ({
        change: 'statement' as const,
        at: place,
        member,
        value,
      })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      change: fc.constant('text' as const),
      edit: fc.constantFrom(...textEdits),
      at: share,
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom(...oddBodies).map((body) => ({ change: 'body' as const, body })) },
  {
    weight: 3,
    arbitrary: fc.record({
      change: fc.constant('error' as const),
      status: fc.constantFrom(400, 400, 400, 403, 404, 413, 500, 503, 200),
      type: fc.constantFrom(...oddErrors),
      message: fc.constantFrom(
        '',
        'Rate exceeded',
        'not authorized to perform: ssm:X',
        'a\u001b[2J\nb',
        'expired',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        100,
        201,
        204,
        206,
        301,
        302,
        304,
        307,
        400,
        401,
        403,
        404,
        408,
        418,
        429,
        500,
        502,
        504,
        599,
        999,
      )
      .map((status) => ({ change: 'status' as const, status })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...oddHeaders).map((header) => ({ change: 'header' as const, header })),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -400, max: -1 }).map((by) => ({ change: 'length' as const, by })),
  },
  { weight: 1, arbitrary: fc.constant({ change: 'gzip' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<WireAnswer['sent'][]>(
        'closed half-way',
        'closed half-way',
        'as garbage',
        'never ended',
        'not at all',
      )
      .map((sent) => ({ change: 'sent' as const, sent })),
  },
);
