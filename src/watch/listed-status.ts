import { isTerminal, type StatusPair } from '../domain/status.ts';
import type { ListedStatus } from './strategy.ts';

/** The Status under which AWS lists what is like this; null where no filter finds it, as with `Cancelling`. */
export function listedStatusOf(pair: StatusPair): ListedStatus | null {
  const { status, statusDetails } = pair;
  if (isTerminal(pair)) return status === 'Failed' ? 'Failed' : null;
  if (status === 'InProgress') return 'InProgress';
  if (status === 'Delayed' || statusDetails === 'Delayed') return 'Delayed';
  return status === 'Pending' ? 'Pending' : null;
}
