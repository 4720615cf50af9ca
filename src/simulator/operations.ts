/** The API calls that the simulator serves. */
export const operations = [
  'SendCommand',
  'ListCommands',
  'ListCommandInvocations',
  'GetCommandInvocation',
  'CancelCommand',
  'DescribeInstanceInformation',
  'GetObject',
  'GetLogEvents',
] as const;

export type Operation = (typeof operations)[number];

/** Those of SSM and CloudWatch Logs, which speak JSON: all but S3's. */
export type JsonOperation = Exclude<Operation, 'GetObject'>;

/** The service that an operation belongs to, as signatures and permissions call it. */
export const serviceOf = (operation: JsonOperation) => (operation === 'GetLogEvents' ? 'logs' : 'ssm');
