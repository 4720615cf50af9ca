import { ServiceError } from '../aws-json/service-error.ts';

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
