/** The clocks of a watch. */
export interface Clocks {
  /** Steady milliseconds, for ages and waits. */
  readonly monotonic: () => number;
  /** AWS's time in epoch milliseconds. */
  readonly awsTime: () => number;
}
