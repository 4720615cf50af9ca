import stringWidth from 'string-width';
import { alarmText } from '../../domain/circumstances.ts';
import { type ErrorBudget, isExceeded } from '../../domain/error-budget.ts';
import { countOf, formatCount } from '../../domain/format.ts';
import { isTerminal } from '../../domain/status.ts';
import type { Snapshot } from '../../watch/snapshot.ts';

/** What happens next is told when so many more errors, or fewer, make it happen. */
const nearlyStopped = 3;

/** The same said at different lengths, the longest first. */
interface Wordings {
  readonly texts: readonly string[];
  /** Whether it is worth more than how the command is sent out. */
  readonly urgent: boolean;
}

/**
 * How the command is sent out, how much of MaxErrors is used and what happens next: the most that fits into `room` cells,
 * two of which stand before each part; none where nothing does, since what is before it would lose its end.
 */
export function controlsText(snapshot: Snapshot, room: number): string[] {
  const { maxConcurrency = null } = snapshot.command ?? {};
  const concurrency = maxConcurrency ? [`${maxConcurrency} at a time`] : [];
  const { texts, urgent } = wordings(snapshot);
  const all = texts.map((text) => [...concurrency, text]);
  const alone = texts.map((text) => [text]);
  const candidates =
    texts.length === 0
      ? [concurrency]
      : urgent
        ? all.flatMap((both, index) => [both, alone[index] ?? []])
        : [...all, ...alone];
  const fits = (parts: readonly string[]) =>
    parts.reduce((sum, part) => sum + 2 + stringWidth(part), 0) <= room;
  return candidates.find(fits) ?? [];
}

function wordings({ errors, command, verdict }: Snapshot): Wordings {
  const alarms = command?.triggeredAlarms ?? [];
  if (errors === null) return alarms.length === 0 ? silence : byAlarm([], alarms, null);
  const { allowed, maxErrors } = errors;
  const over = verdict !== null || command === null || isTerminal({ status: command.status ?? '' });
  if (allowed === null) {
    const text = `${countOf(errors.errors, 'error')}, ${maxErrors} allowed`;
    return alarms.length === 0 ? { texts: [text], urgent: false } : byAlarm([text], alarms, errors);
  }
  if (isExceeded(errors)) return exceeded(errors, allowed, over);
  const share = maxErrors.endsWith('%') ? ` (${maxErrors})` : '';
  const used =
    allowed === 0
      ? [`0 errors allowed${share}`, '0 errors allowed']
      : [
          `${formatCount(errors.errors)} of ${formatCount(allowed)} errors used${share}`,
          ...(share === '' ? [] : [`${formatCount(errors.errors)} of ${formatCount(allowed)} errors used`]),
          `${formatCount(errors.errors)}/${formatCount(allowed)} errors`,
        ];
  if (alarms.length > 0) return byAlarm(used, alarms, errors);
  const sending = !over && command.statusDetails !== 'Cancelling' && errors.unsent > 0;
  const more = allowed + 1 - errors.errors;
  if (!sending || more > nearlyStopped || (errors.errors === 0 && more > 1)) {
    return { texts: used, urgent: false };
  }
  return { texts: nextTexts(used, allowed, more), urgent: true };
}

const silence: Wordings = { texts: [], urgent: false };

function nextTexts(wordsUsed: readonly string[], allowed: number, more: number): string[] {
  const used = wordsUsed[0] ?? '';
  const short = wordsUsed.at(-1) ?? '';
  if (allowed === 0) {
    return [
      `${used}: the first one stops the rollout`,
      `${short}: the first stops it`,
      'the first error stops it',
    ];
  }
  const stop = more === 1 ? 'stops' : 'stop';
  return [
    `${used} · ${countOf(more, 'more error')} ${stop} the rollout`,
    `${used} · ${more} more ${stop} it`,
    `${short} · ${more} more ${stop} it`,
    `${countOf(more, 'more error')} ${stop} it`,
  ];
}

/** More errors than allowed: that stops what was not sent yet, if there was any. */
function exceeded(errors: ErrorBudget, allowed: number, over: boolean): Wordings {
  const count = countOf(errors.errors, 'error');
  if (errors.terminated === 0 && errors.unsent === 0) {
    return {
      texts: [
        `${count}, ${formatCount(allowed)} allowed`,
        `${formatCount(errors.errors)}/${formatCount(allowed)} errors`,
      ],
      urgent: false,
    };
  }
  const running = errors.running === 0 || over ? [] : [errors.running];
  const rest = (still: string) => [
    ...running.map((number) => `, ${formatCount(number)} ${still}running`),
    ...(errors.terminated === 0 ? [] : [`, ${formatCount(errors.terminated)} terminated`]),
  ];
  return {
    texts: [
      `${count}: the rollout was stopped${rest('still ').join('')}`,
      `${count}: stopped${rest('').join('')}`,
      `${count}: stopped`,
    ],
    urgent: true,
  };
}

function byAlarm(used: readonly string[], names: readonly string[], errors: ErrorBudget | null): Wordings {
  const text = `stopped by the ${alarmText(names)}`;
  const terminated = errors && errors.terminated > 0 ? `, ${formatCount(errors.terminated)} terminated` : '';
  return {
    texts: [
      ...used.slice(0, 1).map((before) => `${before} · ${text}${terminated}`),
      `${text}${terminated}`,
      text,
      'stopped by an alarm',
    ],
    urgent: true,
  };
}
