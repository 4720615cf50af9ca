import { type Random, random } from '../model/random.ts';
import type { Operation } from '../operations.ts';
import type { Fault } from './faults.ts';

interface Entry {
  readonly fault: Fault;
  readonly draws: Random;
  left: number;
}

/** The faults of one simulator, and which of them strike a request. */
export interface FaultSchedule {
  /** Adds a fault; the answer takes it away again. */
  add(fault: Fault): () => void;
  /** The faults that strike a call `elapsed` virtual milliseconds after the start, in the order they were added. */
  strike(operation: Operation, elapsed: number): readonly Fault[];
}

/** The schedule of these faults. Their probabilities are drawn by `seed`: the same calls are struck each time. */
export function createFaultSchedule(seed: number, faults: readonly Fault[]): FaultSchedule {
  const entries = new Set<Entry>();
  let added = 0;

  function add(fault: Fault): () => void {
    const entry = {
      fault,
      draws: random(seed, 'fault', added++),
      left: fault.times ?? Number.POSITIVE_INFINITY,
    };
    entries.add(entry);
    return () => {
      entries.delete(entry);
    };
  }

  function strikes({ fault, draws, left }: Entry, operation: Operation, elapsed: number): boolean {
    const { from = 0, until = Number.POSITIVE_INFINITY, probability = 1 } = fault;
    if (left <= 0 || elapsed < from || elapsed >= until) return false;
    if (fault.operation !== undefined && fault.operation !== operation) return false;
    return draws.chance(probability);
  }

  for (const fault of faults) add(fault);
  return {
    add,
    strike(operation, elapsed) {
      const striking = [...entries].filter((entry) => strikes(entry, operation, elapsed));
      for (const entry of striking) entry.left -= 1;
      return striking.map(({ fault }) => fault);
    },
  };
}
