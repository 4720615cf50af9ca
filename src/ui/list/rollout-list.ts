import { type FailureGroup, failuresOf, groupByCause } from '../../domain/failure-groups.ts';
import type { Invocation } from '../../domain/invocation.ts';
import { ListedRows } from '../../domain/listed-rows.ts';
import { matches, type RowFilter } from '../../domain/rows.ts';
import type { Snapshot } from '../../watch/snapshot.ts';
import { Derived } from '../derived.ts';
import type { ScreenState } from '../state.ts';
import { shownOrder } from './map-state.ts';

/** What passes the filter, as rows and as failure groups. */
export interface Listed {
  readonly invocations: readonly Invocation[];
  /** Their keys, in the same order. */
  readonly rowKeys: readonly string[];
  /** None where they are not shown. */
  readonly failureGroups: readonly FailureGroup[];
}

/** What of the screen truth decides what is listed. */
export type ListChoice = Pick<ScreenState, 'mode' | 'filter' | 'order' | 'mapOrder'>;

/** Lists what is shown of a rollout, again and again, and as little as possible of it anew. */
export class RolloutList {
  readonly #rows = new ListedRows();
  readonly #groups = new Derived<readonly FailureGroup[]>();

  list(snapshot: Snapshot, choice: ListChoice): Listed {
    const { rows, circumstances, verdict } = snapshot;
    const { filter } = choice;
    const { invocations, keys } = this.#rows.list({ rows, circumstances, filter, order: shownOrder(choice) });
    const failureGroups =
      choice.mode.kind === 'groups'
        ? this.#groups.of([rows, circumstances, verdict, filter], () => failureGroupsOf(snapshot, filter))
        : [];
    return { invocations, rowKeys: keys, failureGroups };
  }
}

/** What did not succeed of what passes the filter; the group that the list is narrowed to does not count here. */
function failureGroupsOf({ rows, circumstances, verdict }: Snapshot, filter: RowFilter): FailureGroup[] {
  const everyGroup = { ...filter, group: null };
  const passing = rows.filter((row) => matches(everyGroup, row, circumstances));
  return groupByCause(failuresOf(passing, verdict?.outcome ?? 'in-progress'), circumstances);
}
