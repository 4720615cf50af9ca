import type { Fault } from '../faults/faults.ts';

/** An error in the words of S3. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError';
  /** The XML's `Code`. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  /** Further elements of the XML. */
  readonly elements: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { elements?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.elements = more.elements ?? {};
    this.headers = more.headers ?? {};
  }
}

/** What S3 answers where it does not say who may not do what. */
export const accessDenied = (message = 'Access Denied') => new ObjectError(403, 'AccessDenied', message);

/** The bucket is not where it was asked for. */
export function permanentRedirect(bucket: string, region: string): ObjectError {
  return new ObjectError(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      elements: { Endpoint: `${bucket}.s3.${region}.amazonaws.com`, Region: region, Bucket: bucket },
      headers: { 'x-amz-bucket-region': region },
    },
  );
}

/** A region that no bucket of the simulator is in unless a command names it. */
const elsewhere = 'ap-southeast-2';

/** The error that a fault stands for; undefined for faults that are no errors of S3. */
export function objectFaultError({ kind }: Fault, bucket: string, key: string): ObjectError | undefined {
  switch (kind) {
    case '500':
      return new ObjectError(500, 'InternalError', 'We encountered an internal error. Please try again.');
    case '503':
      return new ObjectError(503, 'ServiceUnavailable', 'Service is unable to handle request.');
    case 'throttle':
      return new ObjectError(503, 'SlowDown', 'Please reduce your request rate.');
    case 'expired-credentials':
      return new ObjectError(400, 'ExpiredToken', 'The provided token has expired.');
    case 'unrecognized-client':
      return new ObjectError(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
      );
    case 'access-denied':
      return accessDenied(
        'User: arn:aws:sts::123456789012:assumed-role/oncall/me is not authorized to perform: s3:GetObject ' +
          `on resource: "arn:aws:s3:::${bucket}/${key}" because no identity-based policy allows the s3:GetObject action`,
      );
    case 'wrong-region':
      return permanentRedirect(bucket, elsewhere);
    default:
      return undefined;
  }
}
