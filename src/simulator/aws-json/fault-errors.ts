import type { Fault } from '../faults/faults.ts';
import { type JsonOperation, serviceOf } from '../operations.ts';
import { ServiceError } from './service-error.ts';

/** The error that a fault stands for; undefined for faults that are no errors. */
export function faultError({ kind }: Fault, operation: JsonOperation): ServiceError | undefined {
  switch (kind) {
    case '500':
      return new ServiceError('InternalServerError', 'An error occurred on the server side.', {
        status: 500,
        messageMember: 'Message',
      });
    case '503':
      return new ServiceError(
        serviceOf(operation) === 'logs' ? 'ServiceUnavailableException' : 'ServiceUnavailable',
        'Service is unable to handle request.',
        { status: 503 },
      );
    case 'throttle':
      return new ServiceError('ThrottlingException', 'Rate exceeded');
    case 'expired-credentials':
      return new ServiceError(
        'ExpiredTokenException',
        'The security token included in the request is expired',
      );
    case 'unrecognized-client':
      return new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    case 'access-denied':
      return new ServiceError(
        'AccessDeniedException',
        `User: arn:aws:sts::123456789012:assumed-role/oncall/me is not authorized to perform: ${serviceOf(operation)}:${operation} ` +
          `on resource: * because no identity-based policy allows the ${serviceOf(operation)}:${operation} action`,
      );
    default:
      return undefined;
  }
}
