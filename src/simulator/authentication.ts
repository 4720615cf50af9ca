import { ServiceError } from './aws-json/service-error.ts';

/** What a request was signed for. */
export interface SignedScope {
  readonly region: string;
  readonly service: string;
}

const form =
  /^AWS4-HMAC-SHA256 +Credential=[^/, ]+\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request, *SignedHeaders=[^, ]+, *Signature=[0-9a-f]{64}$/;

/**
 * The scope of an Authorization header; undefined when it is not well-formed. The signature itself is not checked: any
 * credentials are good, and the virtual clock would make its date wrong.
 */
export function scopeOf(authorization: string): SignedScope | undefined {
  const [, region, service] = form.exec(authorization) ?? [];
  return region === undefined || service === undefined ? undefined : { region, service };
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
