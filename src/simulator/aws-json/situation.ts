import type { Account } from '../model/account.ts';
import { ServiceError } from './service-error.ts';

/** What an operation is answered from. */
export interface Situation {
  readonly account: Account;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly seed: number;
  readonly pagingTricks: boolean;
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws ServiceError InvalidCommandId when it has 36 characters but is no UUID */
export function checkCommandId(commandId: string | undefined): void {
  if (commandId !== undefined && !uuidForm.test(commandId)) throw new ServiceError('InvalidCommandId');
}
