/** Longer than this no message says anything more. Characters. */
const longest = 500;

/**
 * What could be a secret in a text that AWS, a proxy or the SDK wrote: an error about a signature quotes the request with
 * its token. Each is replaced by what it is taken for.
 */
const secrets: readonly (readonly [RegExp, string])[] = [
  // What a program wrote that was to print credentials, and how it was called.
  [/(\bcredential_process(?: of profile .*? failed)?:).*/g, '$1 <output>'],
  [/\b(Command failed:).*/g, '$1 <command>'],
  // Whom somebody works for can be told from the names of their profiles.
  [/(\bnot found in the AWS config files; they have) .*/g, '$1 <profiles>'],
  // User and password in a URL, and what follows its path.
  [/(?<=\/\/)[^\s/]+@/g, '<credentials>@'],
  [/(\/\/[^\s?#]*)[?#]\S+/g, '$1?<query>'],
  // People: as whom ARNs say that they are signed in, and their addresses.
  [/\b(assumed-role|federated-user|role|user)\/[^\s"'`,;)]+/g, '$1/<identity>'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '<address>'],
  // A signature, with what was signed.
  [/\bAWS4-[\w-]+ .*/g, '<signature>'],
  // What is named as a secret, whatever stands before the name, up to the end of the line.
  [
    /(authorization|token|secret|password|passwd|passphrase|api[_-]?key|cookie)([\w-]*["']?\s*[:=]).*/gi,
    '$1$2 <secret>',
  ],
  // A colon behind these is also how we go on to say what to do.
  [/(signature|credential)([\w-]*(?:["']?\s*=|["']\s*:)).*/gi, '$1$2 <secret>'],
  [/\b(bearer)\s+\S+/gi, '$1 <secret>'],
  [/\b(Basic)\s+\S+/g, '$1 <secret>'],
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

/** The same, of a message that there may not be. */
export function redactedOrNull(text: string | null): string | null {
  return text === null ? null : redact(text);
}
