import type { Invocation, Plugin } from '../../domain/invocation.ts';

/** A plugin of an invocation, as it was last listed. */
export interface ListedPlugin {
  readonly invocation: Invocation;
  /** Which of the invocation's plugins it is: names can repeat. */
  readonly index: number;
  readonly plugin: Plugin;
}

/** The plugin at an index; null when the invocation has none there. */
export function listedPlugin(invocation: Invocation, index: number): ListedPlugin | null {
  const plugin = invocation.plugins[index];
  return plugin ? { invocation, index, plugin } : null;
}
