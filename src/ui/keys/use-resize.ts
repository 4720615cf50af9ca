import { useEffect, useEffectEvent } from 'react';

/** Sizes that follow each other faster than this are those of one move of a window's edge. Milliseconds. */
const resizeGrace = 50;

/**
 * Calls `redraw` when the terminal has been given another size, or several and the old one again: what it made of the frame
 * on the way, and of those that were drawn for a size that it no longer had, nobody knows.
 */
export function useResize(redraw: () => void): void {
  const onResized = useEffectEvent(redraw);
  useEffect(() => {
    let timer: NodeJS.Timeout | undefined;
    const onResize = () => {
      clearTimeout(timer);
      timer = setTimeout(onResized, resizeGrace);
    };
    process.on('SIGWINCH', onResize);
    return () => {
      clearTimeout(timer);
      process.off('SIGWINCH', onResize);
    };
  }, []);
}
