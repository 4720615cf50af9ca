import { InvalidArgumentError } from 'commander';
import { isCommandId } from './domain/command-id.ts';
import { knownStatusDetails } from './domain/status.ts';
import { type Fault, parseFault } from './simulator/faults/faults.ts';

/** Readers of single values of the command line. All throw InvalidArgumentError, which says what is expected. */

export const exampleId = 'b8eac879-0541-439d-94ec-47a80d554f44';

/** A command ID, in the lower case in which AWS writes it. */
export function parseCommandId(text: string): string {
  if (isCommandId(text)) return text.toLowerCase();
  throw new InvalidArgumentError(`It is not a command ID; a UUID is expected, such as ${exampleId}`);
}

/** An EC2 or managed-node ID. */
export function parseInstanceId(text: string): string {
  if (/^(i-[0-9a-f]{8}|i-[0-9a-f]{17}|mi-[0-9a-f]{17})$/.test(text)) return text;
  throw new InvalidArgumentError(
    'An instance ID is expected, such as i-0cb2b964d3e14fd9f or mi-0123456789abcdef0',
  );
}

/** Seconds as milliseconds. */
export function parseInterval(text: string): number {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0.5 && seconds <= 86_400) return seconds * 1000;
  throw new InvalidArgumentError('A number of seconds is expected, at least 0.5, such as 2');
}

const unitMs = { h: 3_600_000, m: 60_000, s: 1_000 } as const;
const longestTimeout = 24 * 24 * unitMs.h;

/** `1h30m` and the like as milliseconds. */
export function parseDuration(text: string): number {
  const parts = /^(?=.)(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?$/.exec(text)?.groups;
  const total = Object.entries(unitMs).reduce((sum, [unit, ms]) => sum + Number(parts?.[unit] ?? 0) * ms, 0);
  if (total > 0 && total <= longestTimeout) return total;
  throw new InvalidArgumentError(
    'A duration with units is expected, at most 24 days, such as 90s, 10m or 1h30m',
  );
}

/** StatusDetails with commas between, in any case, in the spelling of the wire or of AWS's prose. */
export function parseStatuses(text: string): string[] {
  const known = new Map([
    ['canceled', 'Cancelled'],
    ...knownStatusDetails.map((status) => [status.toLowerCase(), status] as const),
  ]);
  return text.split(',').map((part) => {
    const status = known.get(part.replaceAll(' ', '').toLowerCase());
    if (status !== undefined) return status;
    throw new InvalidArgumentError(
      `StatusDetails are expected, with commas between: ${knownStatusDetails.join(', ')}`,
    );
  });
}

/** An http or https URL. */
export function parseUrl(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  throw new InvalidArgumentError('A URL is expected, such as http://127.0.0.1:4567');
}

/** The faults given so far, and one more. */
export function parseFaults(text: string, before: readonly Fault[] = []): Fault[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** A factor above 0. */
export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (speed > 0 && speed <= 10_000) return speed;
  throw new InvalidArgumentError('A number above 0 and at most 10000 is expected, such as 5');
}

/** A reader of whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected`);
  };
}
