/** Lines of the same length, made when they are looked at: for an output that is too long to be held in memory. */
export interface FixedLines {
  readonly count: number;
  /** Of each line, its line feed included. */
  readonly lineBytes: number;
  /** Line `index` in ASCII, with its line feed. */
  line(index: number): string;
}

/** What a script wrote, whole; the API's limits are applied where it is shown. */
export interface ScriptOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** What stdout goes on with. It then ends in a line feed, and is itself longer than any of the API's limits. */
  readonly stdoutTail?: FixedLines;
}

/** How one step goes on one instance. Output is a function, since of 10,000 instances only few are looked at. */
export interface StepFate {
  /** Seconds from start to end; `Infinity` for a script that hangs until its timeout. */
  readonly seconds: number;
  /** 0 success; 168 and 169 also skip the following steps, as success and as failure. */
  readonly exitCode: number;
  readonly output: () => ScriptOutput;
  /** The step asked for a reboot (194) after this many seconds, and ran again after it. */
  readonly rebootsAfterSeconds?: number;
}

/** A status going backwards: the service could not reach the agent for a while. */
export interface Delay {
  /**
   * `then-pending`: not sent, Delayed, back to Pending, sent later. `then-success`: Delayed until its result is there.
   * `mid-run`: InProgress, then Delayed, then its result.
   */
  readonly kind: 'then-pending' | 'then-success' | 'mid-run';
  readonly seconds: number;
  /** Whether Status says Delayed as well, or still Pending. */
  readonly statusFollows: boolean;
}

/** What becomes of one invocation, unless a cancel, MaxErrors or expiry comes first. */
export interface Fate {
  /** `no-answer`: a dead agent, InProgress until the command expires. The last three fail before any step runs. */
  readonly delivery: 'delivered' | 'no-answer' | 'Undeliverable' | 'InvalidPlatform' | 'AccessDenied';
  readonly delay?: Delay;
  readonly steps: readonly StepFate[];
}
