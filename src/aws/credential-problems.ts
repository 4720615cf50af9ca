import { final, type Problem, retryable } from '../domain/problem.ts';
import { shellWord } from '../domain/shell-word.ts';
import type { CredentialSource } from './credential-source.ts';
import { type ErrorParts, firstLine, networkCodes, throttles, withReason } from './error-parts.ts';

/** Whose credentials they are, for messages that name what mends them. */
export interface Whose {
  /** The session's. */
  readonly profile: string | null;
  readonly source: CredentialSource;
}

const noOthers = 'set others and start again; a running process cannot get them';

/** Why AWS does not take credentials: for the time in the signature, because they are over, or as those of nobody. */
export type RefusalCause = 'time' | 'expiry' | 'unknown';

/** The cause of AWS's answer that it does not take the credentials of a call. */
export function refusalCause(parts: ErrorParts): RefusalCause {
  const { name, message } = parts;
  // Before what has expired: a signature does so when the clock is wrong.
  if (/^Request(Expired|TimeTooSkewed)|^RequestInTheFuture/.test(name) || isOfWrongTime(message))
    return 'time';
  return isExpiry(parts) ? 'expiry' : 'unknown';
}

/** AWS has answered that it does not take the credentials of a call. */
export function refusedCredentials(parts: ErrorParts, whose: Whose): Problem {
  return final('credentials', refusalText(parts, whose));
}

/** The credentials could not be found: what a profile leads to failed, or has none. */
export function missingCredentials(thrown: ErrorParts, whose: Whose): Problem {
  const parts = { ...thrown, message: withoutCommandLine(thrown.message) };
  const { message } = parts;
  // The SDK's providers keep of what they met only the text.
  const name = /^(\w+(?:Exception|Error)):/.exec(message)?.[1] ?? parts.name;
  const code = Object.keys(networkCodes).find((known) => parts.code === known || message.includes(known));
  if (code !== undefined) {
    return retryable('network', `the credentials could not be fetched: ${networkCodes[code]} (${code})`);
  }
  if (/certificate|socket hang up|\btimed out\b|\bTimeoutError\b/i.test(message)) {
    return retryable('network', `the credentials could not be fetched: ${firstLine(message)}`);
  }
  if (name === 'SyntaxError' || /Deserialization error/.test(message)) {
    return retryable(
      'response',
      'the credentials could not be fetched: the answer is none of AWS, a proxy may stand in between',
    );
  }
  if (throttles.has(name)) {
    return retryable('throttled', `the credentials could not be fetched: AWS throttles the calls (${name})`);
  }
  if ((parts.httpStatus ?? 0) >= 500 || /^(InternalServer|ServiceUnavailable|InternalFailure)/.test(name)) {
    return retryable('service', `the credentials could not be fetched: AWS failed (${name})`);
  }
  if (/^AccessDenied/.test(name)) return final('credentials', deniedText(message, whose));
  return final('credentials', absenceText({ ...parts, name }, whose));
}

/** They were looked for as long as a call may take, in milliseconds. */
export function lateCredentials(profile: string | null, limit: number): Problem {
  const whose = profile === null ? '' : ` of profile ${profile}`;
  return retryable('network', `the credentials${whose} could not be fetched within ${limit / 1000} s`);
}

/** The role that the profile names is not to be had. */
function deniedText(message: string, { profile, source }: Whose): string {
  const role = profile === null ? 'the role' : `the role of profile ${profile}`;
  if (/^MultiFactorAuthentication failed, must provide/i.test(message)) {
    return `${role} asks for MFA: name the device in the profile as mfa_serial`;
  }
  if (/^MultiFactorAuthentication failed/i.test(message)) {
    return 'the MFA code was not accepted: start anew, with the next code';
  }
  const action = /not authorized to perform:? (sts:\w+)/i.exec(message)?.[1];
  if (action === undefined) return withReason('the credentials are refused', message);
  const from = source.profile === null || source.profile === profile ? '' : ` those of ${source.profile}`;
  return `${role} cannot be assumed: it does not trust${from || ' these credentials'}, or ${action} is not allowed`;
}

function absenceText(parts: ErrorParts, whose: Whose): string {
  const { name, message } = parts;
  const { profile, source } = whose;
  if (source.kind === 'process' && processWords.test(message)) {
    const reason = firstLine(message).replace(processWords, '');
    return `the credential_process of profile ${source.profile} failed: ${reason}`;
  }
  if (/\bmfa\b|multi-factor/i.test(message)) return firstLine(message);
  if (source.kind === 'sso' && name === 'ForbiddenException') {
    return `SSO gives no access to the role of profile ${source.profile}: check sso_account_id and sso_role_name`;
  }
  if (
    source.kind === 'sso' &&
    /^Conflicting SSO|Required parameters|is missing required|could not be found/.test(message)
  ) {
    return `the SSO settings of profile ${source.profile} cannot be used: ${firstLine(message)}`;
  }
  if (source.kind === 'sso' || /\bSSO (session|token)|\bsso login|\bToken is expired/i.test(message)) {
    const known = source.kind === 'sso' ? source.profile : profile;
    return `the SSO session is missing or has expired: run \`aws sso login${option(known)}\``;
  }
  if (source.kind === 'login') {
    return `the login session is missing or has expired: run \`aws login${option(source.profile)}\``;
  }
  if (isExpiry(parts)) return expiryText(whose);
  if (source.kind === 'web-identity' && parts.code !== null) {
    return `the web identity token cannot be read: ${firstLine(message)}`;
  }
  if (/^(InvalidIdentityToken|IDPCommunicationError|IDPRejectedClaim)/.test(name)) {
    return withReason('AWS does not accept the web identity token', message);
  }
  if (/ProviderError$|^CredentialsError$/.test(parts.name)) {
    const place = profile === null ? '' : ` in profile ${profile}`;
    return `no usable AWS credentials${place}: run \`aws configure\` or \`aws sso login${option(profile)}\`, or set AWS_PROFILE`;
  }
  return refusalText(parts, whose);
}

/** How the SDK begins what it says of a credential_process, and we what the process itself wrote. */
const processWords = /^(?:Profile .+ )?credential_process:? /;

/** node begins with the command line of a process that failed, which may hold secrets; what the process wrote follows. */
function withoutCommandLine(message: string): string {
  if (!/^(?:\w+: )?Command failed/.test(message)) return message;
  const [, ...written] = message.split('\n');
  return `credential_process: ${written.join('\n').trim() || 'it ended with an error'}`;
}

function refusalText(parts: ErrorParts, whose: Whose): string {
  const { name } = parts;
  const cause = refusalCause(parts);
  if (cause === 'time') {
    return 'AWS does not accept the time of this machine: set its clock';
  }
  if (name === 'InvalidSignatureException' || name === 'SignatureDoesNotMatch') {
    return 'AWS does not accept the signature: check the secret key and the clock of this machine';
  }
  if (cause === 'expiry') return expiryText(whose);
  if (whose.source.kind === 'environment') {
    return `AWS does not accept the keys in the environment (${name}): ${noOthers}`;
  }
  return `AWS does not accept the credentials (${name}): check them with \`aws sts get-caller-identity${option(whose.profile)}\``;
}

function isOfWrongTime(message: string): boolean {
  return /\bSignature (expired|not yet current)/i.test(message);
}

function isExpiry({ name, message }: ErrorParts): boolean {
  return name.startsWith('ExpiredToken') || name === 'TokenRefreshRequired' || /\bexpired\b/i.test(message);
}

function expiryText({ profile, source }: Whose): string {
  const ifNoneCome = 'the credentials have expired: if no new ones come,';
  switch (source.kind) {
    case 'environment':
      return `the keys in the environment have expired: ${noOthers}`;
    case 'keys':
      return `the keys of profile ${source.profile} have expired: put new ones into the AWS credentials file`;
    case 'sso':
      return `${ifNoneCome} run \`aws sso login${option(source.profile)}\``;
    case 'login':
      return `${ifNoneCome} run \`aws login${option(source.profile)}\``;
    case 'process':
      return `${ifNoneCome} see to the credential_process of profile ${source.profile}`;
    case 'web-identity':
      return `${ifNoneCome} see to the web identity token`;
    case 'machine':
      return "this machine's own credentials have expired: new ones should come by themselves";
    case 'none':
      return `the credentials have expired: renew them, for SSO with \`aws sso login${option(profile)}\``;
  }
}

/** To be copied into a shell. */
function option(profile: string | null): string {
  return profile === null ? '' : ` --profile ${shellWord(profile)}`;
}
