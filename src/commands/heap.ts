import { setFlagsFromString } from 'node:v8';

/**
 * Holds the heap to what a watch needs. A sweep makes garbage that dies young, and V8 would grow by it: to 128 MB for
 * what is new, and to several times what is kept. Called when everything is loaded: what is new has room enough by then.
 */
export function holdHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}
