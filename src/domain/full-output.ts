import { type PluginOutput, splitOutput } from './plugin-output.ts';

/** A plugin's output from the best source that was read, and which one that is. */
export interface SourcedOutput extends PluginOutput {
  readonly source: 'ListCommandInvocations' | 'GetCommandInvocation';
}

/** Where one more reading of an output stands. */
export type OutputReading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly output: PluginOutput }
  /** One line that says why not. */
  | { readonly kind: 'failed'; readonly message: string };

/** The best there is: what GetCommandInvocation gave, else what the list holds. */
export function bestOutput(listed: string, reading: OutputReading | null): SourcedOutput {
  if (reading?.kind === 'read') return { ...reading.output, source: 'GetCommandInvocation' };
  return { ...splitOutput(listed), source: 'ListCommandInvocations' };
}
