/** The simulator's time: virtual epoch milliseconds. Nothing in the simulator reads another clock for what it shows. */
export interface SimulatorClock {
  now(): number;
}

/** A clock that only moves when told, for tests. */
export interface ManualClock extends SimulatorClock {
  /** Moves the clock forward by `milliseconds` (never back). */
  advance(milliseconds: number): void;
}

/** Starts at the present and runs `speed` times as fast as real time. */
export function realClock(speed = 1): SimulatorClock {
  if (!(speed > 0 && Number.isFinite(speed))) {
    throw new RangeError(`speed must be a positive number, got ${speed}`);
  }
  const epoch = Date.now();
  // Monotonic, so that a correction of the system's clock does not jump the rollout.
  const origin = performance.now();
  return { now: () => Math.round(epoch + (performance.now() - origin) * speed) };
}

/** Stands at `start` (epoch milliseconds) until advanced. */
export function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError(`cannot advance by ${milliseconds} ms`);
      now += milliseconds;
    },
  };
}
