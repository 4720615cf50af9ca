import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { listed, output } from '../../helpers/output-store.ts';

/** Readers of an output that went nowhere but to the API. */
export const nothing: OutputReaders = {
  readObject: async () => null,
  readEvents: async () => null,
  readPluginOutput: async () => output,
  readListedOutput: async () => listed,
};
