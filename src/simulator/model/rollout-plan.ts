import type { DocumentStep, Platform } from './documents.ts';
import type { Fate } from './fate.ts';
import type { Target } from './fleet.ts';

/** A step of the rollout's document, with the timeout it has in this rollout. */
export interface PlannedStep extends DocumentStep {
  readonly timeoutSeconds: number;
}

/** One instance that the rollout addresses. */
export interface PlannedInstance {
  readonly id: string;
  readonly hostName: string;
  readonly platform: Platform;
}

/** What nobody knows of the real service, so that both must be met. The seed decides where nothing is given. */
export interface Quirks {
  /** A tag fan-out shows all rows at once, or more and more. */
  readonly listing: 'at-once' | 'growing';
  /**
   * The command turns terminal some time after its last row (`prompt`), before the last row shows its end (`hasty`), or
   * before the last row is listed at all (`late-row`).
   */
  readonly ending: 'prompt' | 'hasty' | 'late-row';
  readonly order: 'newest-first' | 'shuffled';
  /** An event of CloudWatch Logs is one line, or all the lines that were uploaded together. Never drawn: default `line`. */
  readonly logEvents: 'line' | 'upload';
}

/** Members that the command and its invocations only repeat. */
export interface EchoedSettings {
  /** "" where it was not given. */
  readonly outputS3Region: string;
  readonly outputS3BucketName: string;
  readonly outputS3KeyPrefix: string;
  readonly serviceRole: string;
  readonly cloudWatchLogGroupName: string;
  readonly cloudWatchOutputEnabled: boolean;
  readonly notification: { readonly arn: string; readonly events: readonly string[]; readonly type: string };
  readonly alarms?: { readonly ignorePollAlarmFailure: boolean; readonly names: readonly string[] };
}

/** The settings of a command that was sent without any of them. */
export const nothingEchoed: EchoedSettings = {
  outputS3Region: '',
  outputS3BucketName: '',
  outputS3KeyPrefix: '',
  serviceRole: '',
  cloudWatchLogGroupName: '',
  cloudWatchOutputEnabled: false,
  notification: { arn: '', events: [], type: '' },
};

/** Everything a rollout's history follows from. Times are epoch milliseconds. */
export interface RolloutPlan {
  readonly seed: number;
  readonly commandId: string;
  readonly sentAt: number;
  readonly documentName: string;
  readonly documentVersion: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly steps: readonly PlannedStep[];
  /** What the request named: IDs, or targets that the service resolves some seconds later. */
  readonly addressed:
    | { readonly by: 'ids'; readonly ids: readonly string[] }
    | { readonly by: 'targets'; readonly targets: readonly Target[] };
  readonly instances: readonly PlannedInstance[];
  /** The fate of `instances[index]`; must answer the same each time. */
  readonly fateOf: (index: number) => Fate;
  /** "50" or "10%". */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly timeoutSeconds: number;
  /** When the alarm goes off that stops the command. */
  readonly alarmAt?: number;
  readonly quirks?: Partial<Quirks>;
  readonly echoed?: EchoedSettings;
}

/** When an answer is no longer waited for: requested + TimeoutSeconds + the steps' own timeouts. */
export function expiresAfter(plan: RolloutPlan): number {
  const steps = plan.steps.reduce((sum, step) => sum + step.timeoutSeconds, 0);
  return plan.sentAt + (plan.timeoutSeconds + steps) * 1000;
}

function amountOf(text: string, total: number): number {
  const amount = Number.parseInt(text, 10);
  return text.endsWith('%') ? Math.floor((amount * total) / 100) : amount;
}

/** How many invocations may run at once: "50", or "10%" of the targets; at least one. */
export function concurrencyOf(plan: RolloutPlan): number {
  return Math.max(1, amountOf(plan.maxConcurrency, plan.instances.length));
}

/** How many errors are allowed; the next one stops the sending. */
export function allowedErrorsOf(plan: RolloutPlan): number {
  return amountOf(plan.maxErrors, plan.instances.length);
}
