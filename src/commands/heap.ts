import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes for new objects that are enough: with more of them a sweep takes as long. */
const enough = 16 * 1024 * 1024;

/**
 * Holds the heap to what a watch needs. A sweep makes garbage that dies young, and V8 would grow by it: to 128 MB for
 * what is new, and to several times what is kept.
 */
export function holdHeap(): void {
  setFlagsFromString('--heap-growing-percent=50');
  // V8 takes a limit for what is new only when it starts; what can be changed is whether that grows on, which it does when
  // garbage is collected.
  const observer = new PerformanceObserver(() => {
    if (newSpaceSize() < enough) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

function newSpaceSize(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
