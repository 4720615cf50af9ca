import { isTerminal, type StatusPair } from '../domain/status.ts';
import { type ListedStatus, unsuccessfulStatuses } from './strategy.ts';

/** The Status under which AWS lists what is like this; null where no filter of use finds it, as with `Cancelling`. */
export function listedStatusOf(pair: StatusPair): ListedStatus | null {
  const { status, statusDetails } = pair;
  if (isTerminal(pair)) return unsuccessfulStatuses.find((listed) => listed === status) ?? null;
  if (status === 'InProgress') return 'InProgress';
  if (status === 'Delayed' || statusDetails === 'Delayed') return 'Delayed';
  return status === 'Pending' ? 'Pending' : null;
}
