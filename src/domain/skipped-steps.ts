import { tellsOfSkip } from './plugin-output.ts';
import { isSuccess, isTerminal, phaseOf, type StatusPair } from './status.ts';

/** What of a plugin tells whether it was skipped. */
interface Step extends StatusPair {
  readonly responseCode: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly output: string;
}

/** Why a step that AWS calls Success did not run. */
export type SkipReason = 'platform' | 'precondition' | 'exit';

/** Exit codes with which a step ends the document: 168 as a success, 169 as a failure. */
const endsDocument: ReadonlySet<number | null> = new Set([168, 169]);
/** A step that took longer than this was no skipped one, though it wrote nothing. Milliseconds. */
const noTime = 1_000;

/** For each step why it was skipped; null for those that were not. */
export function skippedSteps(steps: readonly Step[]): (SkipReason | null)[] {
  const end = steps.findIndex((step) => isTerminal(step) && endsDocument.has(step.responseCode));
  const failure = steps.findIndex((step) => phaseOf(step) === 'failed');
  return steps.map((step, index) => {
    if (!isSuccess(step)) return null;
    if (tellsOfSkip(step.output)) {
      return step.output.includes('platformType') ? 'platform' : 'precondition';
    }
    const isBehindEnd = end >= 0 && index > end && ranNothing(step);
    // `onFailure: exit` ends the document too.
    const isBehindFailure = failure >= 0 && index > failure && neverRan(step);
    return isBehindEnd || isBehindFailure ? 'exit' : null;
  });
}

/** The exit code of a successful step that skipped the rest, or null. */
export function skippingExit(steps: readonly Step[]): number | null {
  const first = skippedSteps(steps).indexOf('exit');
  const end = steps.slice(0, Math.max(0, first)).find(({ responseCode }) => endsDocument.has(responseCode));
  return end?.responseCode ?? null;
}

/** Whether the invocation ended before it came to the step: AWS leaves such a step Pending. */
export function wasNotReached(step: Step, invocation: StatusPair): boolean {
  return isTerminal(invocation) && phaseOf(step) === 'waiting' && neverRan(step);
}

function neverRan({ output, startedAt, finishedAt }: Step): boolean {
  return output === '' && startedAt === null && finishedAt === null;
}

function ranNothing({ output, startedAt, finishedAt }: Step): boolean {
  return output === '' && (startedAt === null || finishedAt === null || finishedAt - startedAt < noTime);
}
