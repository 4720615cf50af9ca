import { scopeOf } from '../signed-scope.ts';
import { ServiceError } from './service-error.ts';

/** How far AWS's clock is ahead while `skewed-clock` strikes: what it looks like when this machine's is behind. */
export const skewMs = 600_000;
/** How old or early a signature may be. */
const toleranceMs = 300_000;

/** As in X-Amz-Date, `20260927T003903Z`. */
const stampOf = (time: number) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** Epoch milliseconds of an X-Amz-Date; NaN when there is none. */
function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

/**
 * Checks when a request was signed. `now`: what AWS takes for the time, in epoch milliseconds.
 * @throws ServiceError as AWS answers to a machine whose clock goes wrong
 */
export function checkSigningTime(amzDate: string, now: number): void {
  const signedAt = timeOf(amzDate);
  const [earliest, latest] = [now - toleranceMs, now + toleranceMs];
  if (signedAt >= earliest && signedAt <= latest) return;
  throw new ServiceError(
    'InvalidSignatureException',
    signedAt > latest
      ? `Signature not yet current: ${amzDate} is still later than ${stampOf(latest)} (${stampOf(now)} + 5 min.)`
      : `Signature expired: ${amzDate} is now earlier than ${stampOf(earliest)} (${stampOf(now)} - 5 min.)`,
  );
}

/**
 * Checks that a call of one of the JSON services is signed for it; the region may be any.
 * @throws ServiceError as AWS answers to a request that is not signed, or not for this service
 */
export function checkSignature(authorization: string | undefined, service: 'ssm' | 'logs'): void {
  if (authorization === undefined || authorization === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const scope = scopeOf(authorization);
  if (scope === undefined) {
    throw new ServiceError(
      'IncompleteSignatureException',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  }
  if (scope.service !== service) {
    throw new ServiceError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${service}'.`,
    );
  }
}
