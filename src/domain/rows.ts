import { type Circumstances, nothingKnown } from './circumstances.ts';
import { rowDetail } from './detail.ts';
import { failureGroupKey } from './failure-groups.ts';
import { exitCodeOf, finishedAt, type Invocation, startedAt } from './invocation.ts';
import { knownStatusDetails, type Phase, phaseOf, phases, type StatusPair } from './status.ts';

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
  if (!passesLimits(filter, row)) return false;
  return filter.text === '' || shownText(row, circumstances).includes(filter.text.toLowerCase());
}

/** The same of all but the text. */
export function passesLimits({ statuses, failuresOnly, group }: RowFilter, row: Invocation): boolean {
  if (failuresOnly && phaseOf(row) !== 'failed') return false;
  if (group !== null && failureGroupKey(row) !== group) return false;
  return statuses.length === 0 || statuses.includes(row.statusDetails);
}

/** What the table shows of a row, in lower case. */
export function shownText(row: Invocation, circumstances: Circumstances): string {
  const { instanceId, instanceName, statusDetails } = row;
  const shown = `${instanceId} ${instanceName} ${statusDetails} ${exitCodeOf(row) ?? ''} ${rowDetail(row, circumstances)}`;
  return shown.toLowerCase();
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

/** How bad a status is, as a text that sorts: the worst first. */
export function badnessOf(pair: StatusPair): string {
  const phase = phaseOf(pair);
  const { statusDetails } = pair;
  const known = badnesses[phase].get(statusDetails);
  if (known !== undefined) return known;
  const place = worstDetailsFirst.get(statusDetails) ?? worstDetailsFirst.size;
  const badness = `${phases.indexOf(phase)}${String(place).padStart(2, '0')}${statusDetails}`;
  badnesses[phase].set(statusDetails, badness);
  return badness;
}

const worstDetailsFirst = new Map<string, number>(
  knownStatusDetails.map((details, index) => [details, index]),
);

/** There are few, and many rows of each. */
const badnesses: Readonly<Record<Phase, Map<string, string>>> = {
  failed: new Map(),
  unknown: new Map(),
  running: new Map(),
  waiting: new Map(),
  succeeded: new Map(),
};

/** Milliseconds from the first plugin's start to the last one's finish; null while that is unknown. */
export function tookOf(row: Invocation): number | null {
  const from = startedAt(row);
  const until = finishedAt(row);
  return from === null || until === null ? null : until - from;
}
