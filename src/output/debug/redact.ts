/** Longer than this no message says anything more. Characters. */
const longest = 500;

/**
 * What could be a secret in a text that AWS, a proxy or the SDK wrote: an error about a signature quotes the request with
 * its token. Each is replaced by what it is taken for.
 */
const secrets: readonly (readonly [RegExp, string])[] = [
  // User and password in a URL.
  [/(?<=\/\/)[^\s/]+@/g, '<credentials>@'],
  // A signature, with what was signed.
  [/\bAWS4-[\w-]+ .*/g, '<signature>'],
  // What is named as a secret, up to the end of the line.
  [
    /\b(authorization|x-amz-security-token|secret\w*|password|passwd|token)(["']?\s*[:=]).*/gi,
    '$1$2 <secret>',
  ],
  // IDs of access keys.
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '<access key>'],
  // Keys, signatures and tokens are longer than words; UUIDs and instance IDs are shorter.
  [/[A-Za-z0-9+/=_%-]{40,}/g, '<secret>'],
];

/** The number of an account: no secret, but nothing for a public report. */
const account = /(?<![\w-])\d{12}(?![\w-])/g;

/** A message of others as it may stand in a bug report: its first line, without what could be a secret. */
export function redact(message: string): string {
  const [line = ''] = message.split(/[\r\n]/, 1);
  return withoutAccounts(
    secrets
      .reduce((text, [secret, name]) => text.replace(secret, name), line.slice(0, 4 * longest))
      .slice(0, longest),
  );
}

/** A name, such as an ARN, without the accounts in it. */
export function withoutAccounts(name: string): string {
  return name.replace(account, '<account>');
}
