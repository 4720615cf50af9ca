import { type Circumstances, nothingKnown } from './circumstances.ts';
import { failureDetail, unendedDetail } from './detail.ts';
import type { Invocation } from './invocation.ts';
import { withoutSequences } from './sanitise.ts';

const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = String.raw`\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?: ?[AP]M\b)?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?`;

/** Days with or without a time, as programs write them. */
const times: readonly string[] = [
  String.raw`\b\d{4}([-/])\d\d\1\d\d(?:[T ]${clock}${zone})?`,
  String.raw`\b(?:${day},? )?\d{1,2} ${month} \d{4}(?: ${clock}${zone})?`,
  String.raw`\b\d{1,2}/${month}/\d{4}(?::${clock}${zone})?`,
  String.raw`\b\d{1,2}/\d{1,2}/\d{4}(?: ${clock})?`,
  String.raw`\b(?:${day},? )?${month} {1,2}\d{1,2}(?: ${clock}(?: [A-Z]{3,4})?)?(?: \d{4})?\b`,
  String.raw`\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: ?[AP]M\b)?`,
];

const group = '[0-9a-f]{1,4}';
const ipv6 = `(?:${group}:){7}${group}|(?:${group}:){1,7}:(?:${group}(?::${group}){0,6})?|::${group}(?::${group}){0,6}`;

const number = String.raw`\d+(?:[.,]\d+)*`;

/** The word however its letters are cased, for patterns in which the case of others matters. */
const anyCase = (word: string) => word.replaceAll(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** A number behind one of these words says what is wrong. */
const codeWords = [
  ...['status', 'error', 'errno', 'returned', 'response', 'exit', 'exited with', 'signal'],
  ...['code', 'exitcode', 'exit_code', 'errorcode', 'error_code', 'returncode', 'statuscode'],
].map(anyCase);
const codeBefore = String.raw`\b(?:${anyCase('http')}(?:/[\d.*#]+|\b)|(?:${codeWords.join('|')})\b)[:=]?\s*\(?-?`;

/** But not if it counts these. */
const units = String.raw`(?:[kKMG]?i?B|bytes|rows|records|results|items|entries|lines|files|errors|ms|s|seconds)\b`;

/** Words that number machines and jobs, in capitals before digits. */
const numbered = '(?:[PTUG]?ID|CPU|JOB|RUN|TASK|BUILD|PORT|LINE|NODE|HOST|WEB|APP|DB|SRV|SERVER|VM|PC|DC)';
const capitals = String.raw`(?<![\w-])(?!${numbered}-?\d)`;
/** The digits of a code of Windows behind its 0x; other numbers in hex are addresses in memory. */
const windowsCode = String.raw`[8cC][0-9a-fA-F]{7}\b`;
/** Where the name of a host would go on. */
const goesOn = String.raw`(?:\w|[-.]\w|,\d)`;

/**
 * Numbers that say what is wrong. With a dash only five digits do, `ORA-00942`; fewer are more often those of a host,
 * `WEB-0123`. Without, one or two are: `WEB01`.
 */
const codes: readonly string[] = [
  String.raw`\b0[xX]${windowsCode}`,
  String.raw`(?<=\b0[xX](?=${windowsCode})[0-9a-fA-F]*)`,
  String.raw`(?<=${codeBefore})${number}(?!\d|[.,]\d| ?${units})`,
  String.raw`(?<=\bSQLSTATE\W{1,3}\w{0,4})`,
  String.raw`(?<=${capitals}[A-Z]{2,}-)\d{5}(?!${goesOn})`,
  String.raw`(?<=${capitals}(?:[A-Z]{2,}|E))\d{3,5}(?!${goesOn})`,
];

/**
 * What differs from node to node though the cause is the same, and what stands for it. What is more specific comes
 * first, so that an address is not taken for a time, nor a time for numbers.
 */
const variableParts: readonly (readonly [RegExp, string])[] = [
  // Where the agent keeps the script, and where in it the shell was.
  [/(?:\/var\/lib\/amazon\/ssm[^\s:'"]*\/)?\b_script\.sh: line \d+: /g, ''],
  [/(?:\/var\/lib\/amazon\/ssm|[A-Z]:\\ProgramData\\Amazon\\SSM)[^\s:'"]*[\\/](?=_script\.)/gi, ''],
  [/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, '<address>'],
  [new RegExp(`(?<![\\w:.])(?:${ipv6})(?![\\w:])`, 'gi'), '<address>'],
  [/\[ *\d+\.\d{6}\]/g, '[<time>]'],
  ...times.map((pattern) => [new RegExp(pattern, 'g'), '<time>'] as const),
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:i|mi|vol|eni|ami|snap|subnet|vpc|sg)-[0-9a-f]{8,17}\b/g, '<id>'],
  [/\barn:aws[\w-]*:[^\s'",;]+/g, '<arn>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<address>'],
  [/\bip-(?:\d{1,3}-){3}\d{1,3}(?:\.[\w.-]+)?/g, '<host>'],
  // What Windows calls a machine that nobody named.
  [/\b(?:EC2AMAZ|WIN|DESKTOP)-(?=[A-Z]*\d)[A-Z\d]{7,11}\b/g, '<host>'],
  [new RegExp(String.raw`\b0[xX](?!${windowsCode})[0-9a-fA-F]+\b`, 'g'), '<id>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi, '<id>'],
  // A part of a path that has digits in it is a version, a process or a random name.
  [/(?<=[\\/])[\w.+~-]*\d[\w.+~-]*(?=[\\/:\s'",)]|$)/g, '*'],
  [/(?<=[\\/]te?mp[\\/])[\w.+~-]+/gi, '*'],
  [new RegExp(String.raw`(?<!\d)(?!${codes.join('|')})${number}`, 'g'), '#'],
];

/** A line without what differs from node to node: colours, numbers, IDs, addresses, times, variable parts of paths. */
export function maskLine(line: string): string {
  return variableParts
    .reduce((masked, [pattern, token]) => masked.replace(pattern, token), withoutSequences(line))
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Why an invocation did not succeed, in words that are the same for every node with the same cause. */
export function causeOf(invocation: Invocation, circumstances: Circumstances = nothingKnown): string {
  // What stopped a rollout is the same for all that it stopped, numbers and names included.
  const unended = unendedDetail(invocation, circumstances);
  if (unended !== null) return unended;
  const { stopReason } = circumstances;
  if (stopReason !== null && failureDetail(invocation, circumstances) === stopReason) return stopReason;
  const { instanceId, instanceName } = invocation;
  const names = [instanceId, instanceName, instanceName.split('.')[0] ?? ''].filter(
    (name) => name.length > 2,
  );
  // The last letter of a sequence would make one word with a name behind it.
  const detail = withoutSequences(failureDetail(invocation, circumstances) ?? '');
  return maskLine(names.reduce(withoutName, detail));
}

/** A name can also be part of a word that has nothing to do with the node. */
function withoutName(text: string, name: string): string {
  if (!text.includes(name)) return text;
  const whole = new RegExp(`(?<![\\w-])${name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\w-])`, 'g');
  return text.replace(whole, '<host>');
}
