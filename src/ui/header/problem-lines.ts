import wrapAnsi from 'wrap-ansi';
import { formatAge } from '../../domain/format.ts';
import { sanitiseLine } from '../../domain/sanitise.ts';
import type { ActiveProblem } from '../../watch/problems.ts';
import type { ScreenSize } from '../screen-size.ts';
import type { Freshness } from './age-text.ts';

/** What to do about it comes last, and must not be cut off where there is room for it. */
const mostLines = 3;
/** On a lower screen the rows need the room. */
const roomyHeight = 16;
/** Cells before each line. */
const indent = 3;
/** More than fits is not wrapped. Characters. */
const mostWrapped = 2_000;
/** A space that no line is broken at. */
const unbroken = '\u00a0';
/** No wait takes more cells to tell than 23h 59m, be it one of the back-off or of an --interval. Milliseconds. */
const widestWait = 86_399_000;

/** What is wrong, safe to draw, in as many lines as `problemHeight` says; the last is cut where that is too little. */
export function problemLines(snapshot: Pick<Freshness, 'problems'>, now: number, size: ScreenSize): string[] {
  const lines = wrapped(problemText(snapshot, now), size);
  const height = problemHeight(snapshot, size);
  return lines.length <= height ? lines : [...lines.slice(0, height - 1), lines.slice(height - 1).join(' ')];
}

/** Lines that what is wrong takes, the same while the next try comes nearer. */
export function problemHeight(snapshot: Pick<Freshness, 'problems'>, size: ScreenSize): number {
  const retryAt = worstProblem(snapshot)?.retryAt ?? 0;
  const lines = wrapped(problemText(snapshot, retryAt - widestWait), size);
  return Math.min(lines.length, size.rows < roomyHeight ? 1 : mostLines);
}

function wrapped(text: string | null, { columns }: ScreenSize): string[] {
  if (text === null) return [];
  const width = Math.max(1, columns - indent);
  const safe = sanitiseLine(text.slice(0, mostWrapped));
  // A command that is to be copied stays in one line where it can.
  const kept = safe.replace(/`[^`]*`/g, (command) => command.replaceAll(' ', unbroken));
  return wrapAnsi(kept, width, { hard: true }).replaceAll(unbroken, ' ').split('\n');
}

/** The problem to tell of. A sweep that fails is worse than anything else. */
function worstProblem({ problems }: Pick<Freshness, 'problems'>): ActiveProblem | null {
  return problems.find(({ source }) => source === 'sweep') ?? problems.at(-1) ?? null;
}

/** What is wrong, and when the next try is; null when nothing is. */
export function problemText(snapshot: Pick<Freshness, 'problems'>, now: number): string | null {
  const worst = worstProblem(snapshot);
  if (!worst) return null;
  const { problem, retryAt } = worst;
  const wait = retryAt === null ? 0 : retryAt - now;
  return wait > 0 ? `${problem.message} · next try in ${formatAge(wait + 999)}` : problem.message;
}
