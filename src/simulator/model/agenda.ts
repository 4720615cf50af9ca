/** Runs what was planned in order of time; what was planned for the same time runs in the order of planning. */
export interface Agenda {
  /** Plans `run` for `at` (epoch milliseconds, never before the event that plans it). */
  plan(at: number, run: (at: number) => void): void;
  /** Runs everything, also what is planned meanwhile. */
  drain(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: (at: number) => void;
}

const before = (left: Entry, right: Entry) =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/** A binary heap: a rollout of 10,000 instances plans some 50,000 events. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let order = 0;

  function swap(left: number, right: number): void {
    [heap[left], heap[right]] = [heap[right] as Entry, heap[left] as Entry];
  }
  const earlier = (left: number, right: number) => before(heap[left] as Entry, heap[right] as Entry);

  function take(): Entry | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let least = parent;
      if (left < heap.length && earlier(left, least)) least = left;
      if (right < heap.length && earlier(right, least)) least = right;
      if (least === parent) return first;
      swap(parent, least);
      parent = least;
    }
  }

  return {
    plan(at, run) {
      heap.push({ at, order: order++, run });
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!earlier(child, parent)) return;
        swap(child, parent);
        child = parent;
      }
    },
    drain() {
      for (let entry = take(); entry !== undefined; entry = take()) entry.run(entry.at);
    },
  };
}
