import { useApp } from 'ink';
import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { useLineWrap } from './use-line-wrap.ts';

/** A process group that was told to stop has stopped before this time is over; if nothing stopped it, we go on. */
const stopGrace = 50;
/** The SIGCONT that ends our own stop comes within this time, and asks for nothing more. */
const continueGrace = 100;

/** What job control offers to the keys. */
export interface JobControl {
  /** Gives the terminal back and stops the whole process group, as the terminal does for Ctrl-Z; `fg` goes on. */
  readonly suspend: () => void;
  /** Sets the terminal's modes and draws the screen, both anew. */
  readonly repaint: () => void;
  /** Whether the terminal is not ours for the moment; it is drawn anew when it is. */
  readonly isHandedOver: () => boolean;
}

/** Suspends and comes back: by Ctrl-Z, SIGTSTP from outside, and SIGCONT after a SIGSTOP that gave no warning. */
export function useJobControl(): JobControl {
  const { suspendTerminal } = useApp();
  const { wrapLines, cutLines } = useLineWrap();
  const busy = useRef(false);
  const justContinued = useRef(false);
  /** Whether a stop was asked for while the screen was drawn anew. */
  const stopAsked = useRef(false);

  const handOver = useEffectEvent(async (meanwhile: () => Promise<void>) => {
    busy.current = true;
    try {
      await suspendTerminal(async () => {
        wrapLines();
        await meanwhile();
        cutLines();
        // A stopped job gets no SIGWINCH: let the stream look at the size that the terminal has now.
        process.emit('SIGWINCH', 'SIGWINCH');
      });
    } finally {
      busy.current = false;
      justContinued.current = true;
      setTimeout(() => {
        justContinued.current = false;
      }, continueGrace);
    }
  });
  const stop = useEffectEvent(async () => {
    if (busy.current) {
      stopAsked.current = true;
      return;
    }
    await handOver(() => stopProcessGroup(onStop));
    // Of several stops in a row the terminal makes one, too.
    stopAsked.current = false;
  });
  const drawAnew = useEffectEvent(async () => {
    if (busy.current || justContinued.current) return;
    await handOver(async () => {});
    if (stopAsked.current) void stop();
    stopAsked.current = false;
  });

  const onStop = useCallback(() => void stop(), []);
  const onContinue = useCallback(() => void drawAnew(), []);
  useEffect(() => {
    if (process.platform === 'win32') return;
    process.on('SIGTSTP', onStop);
    process.on('SIGCONT', onContinue);
    return () => {
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
    };
  }, [onStop, onContinue]);

  return {
    suspend: process.platform === 'win32' ? () => {} : onStop,
    repaint: onContinue,
    isHandedOver: () => busy.current,
  };
}

/** With our handler in place the signal would only call us: its default action has to be back first. */
async function stopProcessGroup(handler: () => void): Promise<void> {
  process.off('SIGTSTP', handler);
  process.kill(0, 'SIGTSTP');
  await new Promise((resolve) => setTimeout(resolve, stopGrace));
  process.on('SIGTSTP', handler);
}
