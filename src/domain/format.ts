import { format } from 'date-fns/format';
import { isSameDay } from 'date-fns/isSameDay';

/** `01:39:37`, and `11-20 01:39:37` where that is not on the day of `other`; epoch milliseconds, in local time. */
export function formatTime(at: number, other: number): string {
  return format(at, isSameDay(at, other) ? 'HH:mm:ss' : 'MM-dd HH:mm:ss');
}

/** `8s`, `3m 12s`, `2h 05m`, `3d 4h`: the two largest units of a span in milliseconds. Negative spans are 0s. */
export function formatSpan(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const seconds = all % 60;
  const minutes = Math.floor(all / 60) % 60;
  const hours = Math.floor(all / 3600) % 24;
  const days = Math.floor(all / 86_400);
  if (days > 0) return `${days}d ${hours}h`;
  if (hours > 0) return `${hours}h ${pad(minutes)}m`;
  if (minutes > 0) return `${minutes}m ${pad(seconds)}s`;
  return `${seconds}s`;
}

/** How old something is: `3 s`, then as a span. */
export function formatAge(milliseconds: number): string {
  return milliseconds < 60_000
    ? `${Math.max(0, Math.floor(milliseconds / 1000))} s`
    : formatSpan(milliseconds);
}

/** `about 40 s`, `about 2 min`, `about 3 h`: no more exact than an estimate is. */
export function formatEstimate(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 55) return `about ${Math.max(5, Math.round(seconds / 5) * 5)} s`;
  const minutes = seconds / 60;
  return minutes < 90
    ? `about ${Math.max(1, Math.round(minutes))} min`
    : `about ${Math.round(minutes / 60)} h`;
}

/** `1,000`. */
export function formatCount(count: number): string {
  // Loading a locale for `toLocaleString` would hold up the first frame.
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 error`, `2 errors`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
