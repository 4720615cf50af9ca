import { failureDetail } from './detail.ts';
import type { Invocation } from './invocation.ts';

/**
 * What differs from node to node though the cause is the same, and what stands for it. In this order: what is more
 * specific first, so that a time is not taken for numbers.
 */
const variableParts: readonly (readonly [RegExp, string])[] = [
  // Where the agent keeps the script, up to its name.
  [/(?:\/var\/lib\/amazon\/ssm|[A-Z]:\\ProgramData\\Amazon\\SSM)[^\s:'"]*[\\/](?=_script\.)/gi, ''],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<time>'],
  [
    /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2}(?: \d\d:\d\d:\d\d)?(?: \d{4})?\b/g,
    '<time>',
  ],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:i|mi|vol|eni|ami|snap|subnet|vpc|sg)-[0-9a-f]{8,17}\b/g, '<id>'],
  [/\barn:aws[\w-]*:[^\s'",;]+/g, '<arn>'],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, '<address>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<address>'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])/gi, '<address>'],
  [/\bip-(?:\d{1,3}-){3}\d{1,3}(?:\.[\w.-]+)?/g, '<host>'],
  [/\b0x[0-9a-f]+\b/gi, '<id>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, '<id>'],
  // A part of a path that has digits in it is a version, a process or a random name.
  [/(?<=[\\/])[\w.+~-]*\d[\w.+~-]*(?=[\\/:\s'",)]|$)/g, '*'],
  [/(?<=[\\/]tmp[\\/])[\w.+~-]+/g, '*'],
  [/\d+(?:[.,]\d+)*/g, '#'],
];

/** A line without what differs from node to node: numbers, IDs, addresses, times, variable parts of paths. */
export function maskLine(line: string): string {
  return variableParts
    .reduce((masked, [pattern, token]) => masked.replace(pattern, token), line)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Why an invocation did not succeed, in words that are the same for every node with the same cause. */
export function causeOf(invocation: Invocation): string {
  const detail = failureDetail(invocation) ?? '';
  const named = [invocation.instanceId, invocation.instanceName, invocation.instanceName.split('.')[0] ?? '']
    .filter((name) => name.length > 2)
    .reduce((text, name) => text.replaceAll(name, '<host>'), detail);
  return maskLine(named);
}
