import { rowDetail } from './detail.ts';
import { exitCodeOf, type Invocation } from './invocation.ts';

/** Invocations that did not succeed for the same reason. */
export interface ReasonGroup {
  readonly statusDetails: string;
  readonly exitCode: number | null;
  readonly detail: string;
  readonly instanceIds: readonly string[];
}

/** Groups failures by StatusDetails, exit code and detail; the largest group first. */
export function groupByReason(failures: readonly Invocation[]): ReasonGroup[] {
  const groups = Map.groupBy(failures, (row) =>
    JSON.stringify([row.statusDetails, exitCodeOf(row), rowDetail(row)]),
  );
  return [...groups.values()]
    .map((rows) => ({
      statusDetails: rows[0]?.statusDetails ?? '',
      exitCode: rows[0] ? exitCodeOf(rows[0]) : null,
      detail: rows[0] ? rowDetail(rows[0]) : '',
      instanceIds: rows.map(({ instanceId }) => instanceId),
    }))
    .sort((a, b) => b.instanceIds.length - a.instanceIds.length);
}
