import type { CommandFilter } from './requests.ts';
import { ServiceError, validationError } from './service-error.ts';

const commonStatuses = [
  'Pending',
  'InProgress',
  'Success',
  'Cancelled',
  'Failed',
  'TimedOut',
  'AccessDenied',
  'DeliveryTimedOut',
  'ExecutionTimedOut',
];

/** What the Status filter takes, by call. `Cancelling` is in neither list. */
const statusValues = {
  ListCommands: [...commonStatuses, 'Incomplete', 'NoInstancesInTag', 'LimitExceeded'],
  ListCommandInvocations: [...commonStatuses, 'Delayed', 'Undeliverable', 'InvalidPlatform', 'Terminated'],
} as const;

/** What a filter looks at. */
export interface Filterable {
  readonly documentName: string;
  readonly requestedAt: number;
  readonly status: string;
  readonly statusDetails: string;
}

const executing = new Set(['Pending', 'InProgress', 'Cancelling']);
const timestamp = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function timeOf({ key, value }: CommandFilter): number {
  const time = timestamp.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time))
    throw validationError(`The filter value ${value} for ${key} is not a valid timestamp.`);
  return time;
}

function testOf(filter: CommandFilter, operation: keyof typeof statusValues): (row: Filterable) => boolean {
  const { key, value } = filter;
  switch (key) {
    case 'InvokedAfter': {
      const time = timeOf(filter);
      return (row) => row.requestedAt >= time;
    }
    case 'InvokedBefore': {
      const time = timeOf(filter);
      return (row) => row.requestedAt < time;
    }
    case 'DocumentName':
      return (row) => row.documentName === value;
    case 'ExecutionStage':
      if (operation !== 'ListCommands') throw new ServiceError('InvalidFilterKey');
      if (value !== 'Executing' && value !== 'Complete') {
        throw validationError(
          `The filter value ${value} for ExecutionStage is not valid: Executing, Complete.`,
        );
      }
      return (row) => executing.has(row.status) === (value === 'Executing');
    case 'Status':
      if (!statusValues[operation].includes(value)) {
        throw validationError(
          `The filter value ${value} for Status is not valid: ${statusValues[operation].join(', ')}.`,
        );
      }
      // "TimedOut" finds both kinds of timeout: by Status as well as by StatusDetails.
      return (row) => row.status === value || row.statusDetails === value;
  }
}

/**
 * The filters of a list call as one test.
 * @throws ServiceError InvalidFilterKey for a key that is repeated or not for this call, or for Status Pending together
 * with an InstanceId; ValidationException for a value that the key does not take
 */
export function filterOf(
  operation: keyof typeof statusValues,
  filters: readonly CommandFilter[],
  instanceId: string | undefined,
): (row: Filterable) => boolean {
  const keys = filters.map(({ key }) => key);
  const pending = filters.some(({ key, value }) => key === 'Status' && value === 'Pending');
  if (new Set(keys).size < keys.length || (pending && instanceId !== undefined)) {
    throw new ServiceError('InvalidFilterKey');
  }
  const tests = filters.map((filter) => testOf(filter, operation));
  return (row) => tests.every((test) => test(row));
}
