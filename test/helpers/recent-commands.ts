import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CommandPage, CommandSummary } from '../../src/domain/command-summary.ts';
import { type ProblemKind, RemoteError } from '../../src/domain/problem.ts';
import type { CommandReader } from '../../src/watch/command-list.ts';
import { RecentCommands } from '../../src/watch/recent-commands.ts';
import { requestedAt } from './fixtures.ts';

/** The ID of the n-th command of a test. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The n-th command, a minute younger than the one before, that succeeded; StatusDetails follows Status. */
export function summary(number: number, overrides: Partial<CommandSummary> = {}): CommandSummary {
  const status = overrides.status ?? 'Success';
  return {
    commandId: idOf(number),
    status,
    statusDetails: status,
    documentName: 'AWS-RunShellScript',
    comment: `job ${number}`,
    requestedAt: requestedAt + number * 60_000,
    targets: [{ key: 'tag:Env', values: ['prod'] }],
    instanceIds: [],
    targetCount: 3,
    completedCount: 3,
    errorCount: 0,
    deliveryTimedOutCount: 0,
    ...overrides,
  };
}

/** Commands `to` down to `from`, newest first. */
export function summaries(from: number, to: number): CommandSummary[] {
  return Array.from({ length: to - from + 1 }, (_, index) => summary(to - index));
}

/** An account whose commands a test sets, with a token that says where the page begins. */
export class FakeAccount implements CommandReader {
  /** Newest first. */
  commands: CommandSummary[];
  changes = 0;
  readonly #pageSize: number;
  /** What was asked for, in order: `first`, a token, `command 7`. */
  readonly calls: string[] = [];
  /** What the next calls are answered with in place of what there is; null for what there is. */
  readonly answers: (CommandPage | RemoteError | null)[] = [];

  constructor(commands: CommandSummary[], pageSize = 3) {
    this.commands = commands;
    this.#pageSize = pageSize;
  }

  async readPage(nextToken: string | null): Promise<CommandPage> {
    this.calls.push(nextToken ?? 'first');
    const answer = this.answers.shift() ?? null;
    if (answer instanceof RemoteError) throw answer;
    if (answer) return answer;
    const from = nextToken === null ? 0 : this.commands.findIndex(({ commandId }) => commandId === nextToken);
    const commands = this.commands.slice(from, from + this.#pageSize);
    const next = this.commands[from + this.#pageSize];
    return { commands, unreadable: 0, nextToken: next?.commandId ?? null };
  }

  async readCommand(commandId: string): Promise<CommandSummary | null> {
    this.calls.push(`command ${Number(commandId.slice(-12))}`);
    return this.commands.find((command) => command.commandId === commandId) ?? null;
  }
}

export function remoteError(kind: ProblemKind, needsAction = false): RemoteError {
  return new RemoteError({ kind, message: `${kind} it is`, needsAction });
}

/** A list of recent commands on a clock that a test moves. */
export class VirtualList {
  /** Monotonic milliseconds. */
  now = 0;
  readonly list: RecentCommands;
  readonly #timers: { readonly at: number; readonly ring: () => void }[] = [];
  readonly #stop = new AbortController();

  constructor(reader: CommandReader, interval = 5_000) {
    this.list = new RecentCommands(
      reader,
      interval,
      { monotonic: () => this.now },
      {
        random: () => 0,
        delay: (milliseconds, signal) =>
          new Promise((resolve, reject) => {
            this.#timers.push({ at: this.now + milliseconds, ring: () => resolve(null) });
            signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          }),
      },
    );
  }

  /** Begins to read. */
  async start(): Promise<void> {
    this.list.run(this.#stop.signal).catch(() => {});
    await this.settle();
  }

  /** Lets time pass, and what then happens happen. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    for (const { ring } of this.#timers.filter(({ at }) => at <= this.now)) ring();
    await this.settle();
  }

  /** What is under way comes to its end: no answer of a fake account takes time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Numbers of the listed commands. */
  listed(): number[] {
    return this.list.getSnapshot().commands.map(({ commandId }) => Number(commandId.slice(-12)));
  }
}

const opened: VirtualList[] = [];

/** The list of an account, its first page read. */
export async function openList(account: FakeAccount, interval?: number): Promise<VirtualList> {
  const virtual = new VirtualList(account, interval);
  opened.push(virtual);
  await virtual.start();
  return virtual;
}

/** Stops what `openList` opened, for `afterEach`. */
export function stopLists(): void {
  for (const virtual of opened.splice(0)) virtual.stop();
}

/** What the screen is given of a list. */
export const snapshotOf = ({ list }: VirtualList) => list.getSnapshot();
