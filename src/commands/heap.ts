import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes for new objects that are enough: with more of them a sweep takes as long. */
const enough = 16 * 1024 * 1024;
/** Milliseconds. */
const lookEvery = 20;

/**
 * Holds the heap to what a watch needs. A sweep makes garbage that dies young, and V8 would grow by it: to 128 MB for
 * what is new, and to several times what is kept.
 */
export function holdHeap(): void {
  setFlagsFromString('--heap-growing-percent=50');
  holdNewSpace();
}

/** V8 takes its limit only when it starts; what can be changed is whether it grows on. */
function holdNewSpace(): void {
  const newSpace = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if (newSpace === undefined || newSpace.space_size >= enough)
    setFlagsFromString('--semi-space-growth-factor=1');
  else setTimeout(holdNewSpace, lookEvery).unref();
}
