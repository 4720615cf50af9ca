import type { ProblemKind } from '../../../src/domain/problem.ts';
import type { FaultKind } from '../../../src/simulator/faults/faults.ts';

/** What is told of a fault: the kind of the problem, and words that say what happened. */
export type Told = readonly [kind: ProblemKind, message: RegExp];

/** What the network itself does wrong. */
export const networkFaults = ['refused', 'dns', 'tls'] as const;
export type NetworkFault = (typeof networkFaults)[number];

/** A fault, and what is told of it where; `null` where there is nothing to be told. */
interface FaultRow {
  readonly fault: FaultKind | NetworkFault;
  readonly told: Told | null;
  /** Before the first row, when it is not the same then: what no retry can mend is a refusal. */
  readonly early?: 'nothing' | 'refused';
  /** In the last sweep, where all is known without what is missing. */
  readonly late?: 'ends at once';
}

const notOfAws: Told = ['response', /could not be read as one of AWS; a proxy may stand in between/];
const tooLong: Told = ['network', /no complete answer from http\S+ within 30 s/];

/**
 * Every fault that a list call can meet. Those that take 30 s of real time come first, to be waited for at the same time
 * as all others.
 */
export const faultTable: readonly FaultRow[] = [
  { fault: 'hang', told: tooLong },
  { fault: 'slow-drip', told: tooLong },
  { fault: 'throttle', told: ['throttled', /AWS throttles the calls \(Rate exceeded\)/] },
  { fault: '500', told: ['service', /AWS failed with HTTP 500 \(InternalServerError\)/] },
  { fault: '503', told: ['service', /AWS failed with HTTP 503 \(ServiceUnavailable\)/] },
  { fault: 'reset', told: ['network', /connection reset \(.*ECONNRESET\)/] },
  { fault: 'refused', told: ['network', /connection refused \(.*ECONNREFUSED\)/] },
  { fault: 'dns', told: ['network', /host name not found \(.*ENOTFOUND\)/] },
  {
    fault: 'tls',
    told: ['network', /certificate is not trusted.*NODE_EXTRA_CA_CERTS.*DEPTH_ZERO_SELF_SIGNED_CERT\)/],
  },
  { fault: 'html', told: notOfAws },
  { fault: 'cut-json', told: notOfAws },
  { fault: 'wrong-types', told: ['response', /the answer has no list|listed invocations could not be read/] },
  { fault: 'repeat-token', told: ['response', /AWS gave the same NextToken twice/] },
  { fault: 'expired-page-token', told: ['response', /AWS no longer takes its own NextToken/] },
  { fault: 'missing-row', told: null },
  {
    fault: 'vanished-row',
    told: [
      'response',
      /AWS (no longer lists the invocation on \S+|(no longer knows|does not list) the command)/,
    ],
    late: 'ends at once',
  },
  {
    fault: 'empty-sweep',
    told: ['response', /AWS no longer (lists 60 invocations|knows the command)/],
    early: 'nothing',
  },
  { fault: 'duplicate-rows', told: null },
  { fault: 'stale-status', told: null },
  { fault: 'out-of-order', told: null },
  { fault: 'skewed-clock', told: null },
  {
    fault: 'expired-credentials',
    told: ['credentials', /the keys in the environment have expired/],
    early: 'refused',
  },
  {
    fault: 'unrecognized-client',
    told: ['credentials', /AWS does not accept the keys in the environment \(UnrecognizedClientException\)/],
    early: 'refused',
  },
  {
    fault: 'access-denied',
    told: ['access-denied', /the IAM action ssm:List\w+ is not allowed/],
    early: 'refused',
  },
];

/** When the fault strikes. */
const moments = ['before the first row', 'mid-watch', 'in the last sweep'] as const;
const outputs = ['json', 'plain', 'tui'] as const;

/** One cell of the table. */
export interface Cell {
  readonly fault: FaultRow['fault'];
  readonly moment: (typeof moments)[number];
  readonly output: (typeof outputs)[number];
  /** What is told at that moment. */
  readonly told: Told | null;
  /** Whether it ends the run. */
  readonly isRefusal: boolean;
  /** Whether the verdict may come before it is over. */
  readonly mayEndAtOnce: boolean;
}

/** All cells: every fault × every moment × every output. */
export const everyCell: readonly Cell[] = faultTable.flatMap((row) =>
  moments.flatMap((_, moment) => outputs.map((_, output) => cellOf(row, moment, output))),
);

/** So many of them that every two of fault, moment and output meet. */
export const pairwiseCells: readonly Cell[] = faultTable.flatMap((row, index) =>
  moments.map((_, moment) => cellOf(row, moment, (index + moment) % outputs.length)),
);

function cellOf({ fault, told, early, late }: FaultRow, momentIndex: number, outputIndex: number): Cell {
  const moment = moments[momentIndex] ?? 'mid-watch';
  const isEarly = moment === 'before the first row';
  return {
    fault,
    moment,
    output: outputs[outputIndex] ?? 'json',
    told: isEarly && early === 'nothing' ? null : told,
    isRefusal: isEarly && early === 'refused',
    mayEndAtOnce: moment === 'in the last sweep' && late === 'ends at once',
  };
}
