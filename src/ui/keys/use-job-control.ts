import { useApp } from 'ink';
import { useEffect, useMemo } from 'react';
import { ProcessJob } from './process-job.ts';
import { useLineWrap } from './use-line-wrap.ts';

/** What job control offers to the keys. */
export interface JobControl {
  /** Gives the terminal back and stops the whole process group, as the terminal does for Ctrl-Z; `fg` goes on. */
  readonly suspend: () => void;
  /** Sets the terminal's modes and draws the screen, both anew. */
  readonly repaint: () => void;
  /** Whether the terminal is not ours for the moment; it is drawn anew when it is. */
  readonly isHandedOver: () => boolean;
}

/** Suspends and comes back, where there is job control: not on Windows. */
export function useJobControl(): JobControl {
  const { suspendTerminal } = useApp();
  const { wrapLines, cutLines } = useLineWrap();
  const job = useMemo(
    () => new ProcessJob({ suspendTerminal, wrapLines, cutLines }),
    [suspendTerminal, wrapLines, cutLines],
  );
  const isOnWindows = process.platform === 'win32';
  useEffect(() => (isOnWindows ? undefined : job.heedSignals()), [isOnWindows, job]);
  return {
    suspend: isOnWindows ? () => {} : job.suspend,
    repaint: job.repaint,
    isHandedOver: () => job.isHandedOver,
  };
}
