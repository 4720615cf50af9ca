import { useEffect, useState } from 'react';

/** The value of `read` when last drawn, drawn anew every second: one clock for all ages on the screen. */
export function useClock(read: () => number): number {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setTimeout(() => setNow(read()), 1000 - (Date.now() % 1000));
    return () => clearTimeout(timer);
  });
  return now;
}
