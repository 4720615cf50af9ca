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
