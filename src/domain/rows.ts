import { type Circumstances, nothingKnown } from './circumstances.ts';
import { rowDetail } from './detail.ts';
import { failureGroupKey } from './failure-groups.ts';
import { exitCodeOf, finishedAt, type Invocation, startedAt } from './invocation.ts';
import { knownStatusDetails, phaseOf, phases } from './status.ts';

/** What of the rollout is shown. Never touches counts or verdict. */
export interface RowFilter {
  /** Shown StatusDetails; empty shows all. */
  readonly statuses: readonly string[];
  /** Text that the row must contain, in any case; empty shows all. */
  readonly text: string;
  /** Only what ended and did not succeed. */
  readonly failuresOnly: boolean;
  /** Only the failure group with this key; null shows all. */
  readonly group: string | null;
}

export const everything: RowFilter = { statuses: [], text: '', failuresOnly: false, group: null };

/** Whether the filter can hold anything back. */
export function limits({ statuses, text, failuresOnly, group }: RowFilter): boolean {
  return statuses.length > 0 || text !== '' || failuresOnly || group !== null;
}

/** Whether the filter lets the row through. The text is looked for in what the table shows of the row. */
export function matches(
  filter: RowFilter,
  row: Invocation,
  circumstances: Circumstances = nothingKnown,
): boolean {
  if (filter.failuresOnly && phaseOf(row) !== 'failed') return false;
  if (filter.group !== null && failureGroupKey(row) !== filter.group) return false;
  if (filter.statuses.length > 0 && !filter.statuses.includes(row.statusDetails)) return false;
  if (filter.text === '') return true;
  const shown = `${row.instanceId} ${row.instanceName} ${row.statusDetails} ${exitCodeOf(row) ?? ''} ${rowDetail(row, circumstances)}`;
  return shown.toLowerCase().includes(filter.text.toLowerCase());
}

/** Columns that rows can be sorted by, in the order in which the keys go through them. */
export const sortColumns = ['status', 'exit', 'time', 'detail', 'instance', 'name'] as const;
type SortColumn = (typeof sortColumns)[number];

export interface SortOrder {
  readonly column: SortColumn;
  readonly inverted: boolean;
}

/** Failures, then running, then waiting, then succeeded. */
export const worstFirst: SortOrder = { column: 'status', inverted: false };

/** The rows in order. Rows that compare equal keep the order in which they came. */
export function sortRows(
  rows: readonly Invocation[],
  order: SortOrder,
  circumstances: Circumstances = nothingKnown,
): Invocation[] {
  const compare = order.column === 'detail' ? byDetail(circumstances) : comparators[order.column];
  return rows.toSorted(order.inverted ? (a, b) => compare(b, a) : compare);
}

type Comparator = (a: Invocation, b: Invocation) => number;

const comparators: Readonly<Record<Exclude<SortColumn, 'detail'>, Comparator>> = {
  status: compareBadness,
  exit: (a, b) => compareNumbers(exitCodeOf(b), exitCodeOf(a)),
  time: (a, b) => compareNumbers(tookOf(b), tookOf(a)),
  instance: (a, b) => compareText(a.instanceId, b.instanceId),
  name: (a, b) => compareFilledFirst(a.instanceName, b.instanceName),
};

/** Compares by status; the worse one comes first. */
export function compareBadness(a: Invocation, b: Invocation): number {
  return (
    phases.indexOf(phaseOf(a)) - phases.indexOf(phaseOf(b)) ||
    badnessOf(a.statusDetails) - badnessOf(b.statusDetails) ||
    compareText(a.statusDetails, b.statusDetails)
  );
}

function byDetail(circumstances: Circumstances): Comparator {
  return (a, b) => compareFilledFirst(rowDetail(a, circumstances), rowDetail(b, circumstances));
}

const worstDetailsFirst = new Map<string, number>(
  knownStatusDetails.map((details, index) => [details, index]),
);

function badnessOf(statusDetails: string): number {
  return worstDetailsFirst.get(statusDetails) ?? worstDetailsFirst.size;
}

/** Milliseconds from the first plugin's start to the last one's finish; null while that is unknown. */
export function tookOf(row: Invocation): number | null {
  const from = startedAt(row);
  const until = finishedAt(row);
  return from === null || until === null ? null : until - from;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareFilledFirst(a: string, b: string): number {
  return Number(a === '') - Number(b === '') || compareText(a, b);
}

function compareNumbers(a: number | null, b: number | null): number {
  return (a ?? Number.NEGATIVE_INFINITY) === (b ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (a ?? Number.NEGATIVE_INFINITY) - (b ?? Number.NEGATIVE_INFINITY);
}
