import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
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

/** A message is cut for the next try as long as so much of it is left. Cells. */
const leastMessage = 12;
/** What is wrong, and whether it will be tried again. */
type Troubled = Pick<Freshness, 'problems' | 'activity'>;

/**
 * What is wrong, safe to draw, in as many lines as `problemHeight` says at most. Where that is too little, the message is
 * cut rather than the next try.
 */
export function problemLines(snapshot: Troubled, now: number, size: ScreenSize): string[] {
  const message = worstProblem(snapshot)?.problem.message;
  if (message === undefined) return [];
  const next = nextTry(snapshot, now);
  const height = problemHeight(snapshot, size);
  const lines = wrapped(message + next, size);
  if (lines.length <= height) return lines;
  const whole = lines.slice(0, height - 1);
  const room = size.columns - indent - stringWidth(next);
  if (next === '' || room < leastMessage) return [...whole, lines.slice(height - 1).join(' ')];
  const rest = wrapped(message, size)
    .slice(height - 1)
    .join(' ')
    .trimStart();
  return [...whole, `${cliTruncate(rest, room)}${next}`];
}

/** Lines that what is wrong takes at most, the same while the next try comes nearer, and when it is paused. */
export function problemHeight(snapshot: Pick<Freshness, 'problems'>, size: ScreenSize): number {
  const worst = worstProblem(snapshot);
  if (!worst) return 0;
  const lines = wrapped(worst.problem.message + (worst.retryAt === null ? '' : inWait(widestWait)), size);
  return Math.min(lines.length, size.rows < roomyHeight ? 1 : mostLines);
}

function wrapped(text: string, { columns }: ScreenSize): string[] {
  const width = Math.max(1, columns - indent);
  const safe = sanitiseLine(text.slice(0, mostWrapped));
  // A command that is to be copied stays in one line where it can, and so does when the next try is.
  const kept = safe.replace(/`[^`]*`|· next try in [^·]*$/g, (part) => part.replaceAll(' ', unbroken));
  return wrapAnsi(kept, width, { hard: true }).replaceAll(unbroken, ' ').split('\n');
}

/** The problem to tell of. A sweep that fails is worse than anything else. */
function worstProblem({ problems }: Pick<Freshness, 'problems'>): ActiveProblem | null {
  return problems.find(({ source }) => source === 'sweep') ?? problems.at(-1) ?? null;
}

/** When the next try is, behind a message; empty where none comes, or it is under way. */
function nextTry(snapshot: Troubled, now: number): string {
  const { kind } = snapshot.activity;
  const retryAt = worstProblem(snapshot)?.retryAt ?? null;
  if (kind === 'paused' || kind === 'finished' || retryAt === null || retryAt <= now) return '';
  return inWait(retryAt - now);
}

function inWait(milliseconds: number): string {
  return ` · next try in ${formatAge(milliseconds + 999)}`;
}
