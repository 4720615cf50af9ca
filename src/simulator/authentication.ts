import { ServiceError } from './service-error.ts';

/**
 * The region that the request was signed for. The signature itself is not checked: any credentials are good, and the
 * virtual clock would make its date wrong.
 * @throws ServiceError as AWS answers to a request that is not signed, or not for SSM
 */
export function regionOf(authorization: string | undefined): string {
  if (authorization === undefined || authorization === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const form =
    /^AWS4-HMAC-SHA256 +Credential=[^/, ]+\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request, *SignedHeaders=[^, ]+, *Signature=[0-9a-f]{64}$/;
  const match = form.exec(authorization);
  if (match === null) {
    throw new ServiceError(
      'IncompleteSignatureException',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.",
    );
  }
  const [, region = '', service] = match;
  if (service !== 'ssm') {
    throw new ServiceError(
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'ssm'.",
    );
  }
  return region;
}
