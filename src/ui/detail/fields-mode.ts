import type { Mode } from '../state.ts';

/** From the output to the fields of the invocation, on to those of the command, and back to the output. */
export function nextFields(mode: Mode): Mode {
  if (mode.kind === 'detail')
    return { kind: 'fields', of: 'invocation', top: 0, showsParameters: false, under: mode };
  if (mode.kind !== 'fields') return mode;
  return mode.of === 'invocation' ? { ...mode, of: 'command', top: 0 } : mode.under;
}

/** The command's parameters, which come first, shown or hidden again. */
export function toggledParameters(mode: Mode): Mode {
  if (mode.kind !== 'fields' || mode.of !== 'command') return mode;
  return { ...mode, top: 0, showsParameters: !mode.showsParameters };
}
