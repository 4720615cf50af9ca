import type { Invocation } from '../../src/domain/invocation.ts';

/** A row that notes its ID when its status is looked at, as everything that is derived of a row does. */
export function watchedRow(row: Invocation, looked: Set<string>): Invocation {
  return {
    ...row,
    get status() {
      looked.add(row.instanceId);
      return row.status;
    },
  };
}
