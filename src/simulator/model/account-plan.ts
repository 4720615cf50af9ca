import type { ConditionShare } from './conditions.ts';
import type { Target } from './fleet.ts';
import type { EchoedSettings, Quirks } from './rollout-plan.ts';

/** What an account is opened with: its fleet, and the rollout that is sent when it opens. */
export interface AccountPlan {
  /** How many nodes it has. */
  readonly instances: number;
  /** In [0, 1], default 0. */
  readonly windowsShare?: number;
  /** What is the matter with the nodes; the rest of them is well. */
  readonly conditions: readonly ConditionShare[];
  /** How long a step takes, least and most. */
  readonly stepSeconds: readonly [number, number];
  readonly documentName: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Defaults to all nodes, by tag. `ids` names them where they are not more than 50. */
  readonly targets?: 'ids' | readonly Target[];
  /** "50", or "10%" of the targets. */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  /** May be below the 30 seconds that SendCommand asks for. */
  readonly timeoutSeconds: number;
  readonly cancelAfterSeconds?: number;
  /** When the first of the alarms in `echoed` goes off. */
  readonly alarmAfterSeconds?: number;
  /** Where outputs go, and whatever else the command only repeats. */
  readonly echoed?: Partial<EchoedSettings>;
  readonly quirks?: Partial<Quirks>;
}
