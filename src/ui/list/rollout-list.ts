import { type FailureGroup, failuresOf, groupByCause } from '../../domain/failure-groups.ts';
import type { Invocation } from '../../domain/invocation.ts';
import { ListedRows } from '../../domain/listed-rows.ts';
import { matches } from '../../domain/rows.ts';
import type { Snapshot } from '../../watch/snapshot.ts';
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

/** Lists what is shown of a rollout, again and again, and as little as possible of it anew. */
export class RolloutList {
  readonly #rows = new ListedRows();
  #groupedOf: readonly unknown[] = [];
  #groups: readonly FailureGroup[] = [];

  list(snapshot: Snapshot, state: ScreenState): Listed {
    const { rows, circumstances } = snapshot;
    const { filter } = state;
    const { invocations, keys } = this.#rows.list({ rows, circumstances, filter, order: shownOrder(state) });
    const failureGroups = state.mode.kind === 'groups' ? this.#failureGroups(snapshot, state) : [];
    return { invocations, rowKeys: keys, failureGroups };
  }

  /** What did not succeed of what passes the filter; the group that the list is narrowed to does not count here. */
  #failureGroups(
    { rows, circumstances, verdict }: Snapshot,
    { filter }: ScreenState,
  ): readonly FailureGroup[] {
    const of = [rows, circumstances, verdict, filter];
    if (of.some((part, index) => part !== this.#groupedOf[index])) {
      const everyGroup = { ...filter, group: null };
      const passing = rows.filter((row) => matches(everyGroup, row, circumstances));
      this.#groups = groupByCause(failuresOf(passing, verdict?.outcome ?? 'in-progress'), circumstances);
      this.#groupedOf = of;
    }
    return this.#groups;
  }
}
