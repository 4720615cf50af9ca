import { errorBudget } from '../../src/domain/error-budget.ts';
import type { PluginOutput } from '../../src/domain/plugin-output.ts';
import type { Counts } from '../../src/domain/tally.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { fixedBlock, OutputDocument } from '../../src/ui/detail/output-document.ts';
import { OutputView } from '../../src/ui/detail/output-view.ts';
import type { Action } from '../../src/ui/keys/actions.ts';
import { reduce } from '../../src/ui/reduce.ts';
import type { ScreenServices } from '../../src/ui/services.ts';
import { type Drawn, initialState, type ScreenState } from '../../src/ui/state.ts';
import { OutputStore } from '../../src/watch/outputs/output-store.ts';
import type { ReadObject } from '../../src/watch/outputs/stream-readers.ts';
import { nothingRead, type Snapshot } from '../../src/watch/snapshot.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { commandId, requestedAt } from './fixtures.ts';
import { tallyOf } from './tally.ts';

/** What a list of five rows, three groups and nothing else looks like to the reducer. */
export function drawn(overrides: Partial<Drawn> = {}): Drawn {
  return {
    rowKeys: ['a', 'b', 'c', 'd', 'e'],
    groupKeys: ['x', 'y', 'z'],
    map: { cells: [], cellsPerLine: 1, lineCount: 1 },
    listHeight: 3,
    output: outputView(100, 20),
    paneLineCount: 100,
    paneHeight: 20,
    pluginCount: 3,
    shownPluginIndex: 0,
    ...overrides,
  };
}

/** An output of so many lines, of which so many are visible, with matches in some. */
export function outputView(lines: number, height: number, matches: readonly number[] = []): OutputView {
  const text = Array.from({ length: lines }, (_, index) => `line ${index}`);
  const document = new OutputDocument([fixedBlock('stdout', 'stdout', text)]);
  return new OutputView(document, { lines: matches, count: matches.length }, height, null, 100, 100);
}

/** The state after actions in a row, each of which meets the same things drawn. */
export function afterActions(
  actions: readonly Action[],
  { state = initialState(), drawn: shown = drawn() }: { state?: ScreenState; drawn?: Drawn } = {},
): ScreenState {
  return actions.reduce((now, action) => reduce(now, { type: 'action', action, drawn: shown }), state);
}

/** What is known right after the start: nothing. */
export function snapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  const { command = null, rows = [] } = overrides;
  return {
    ...nothingRead,
    errors: command && errorBudget(command, tallyOf(rows)),
    ...overrides,
  };
}

/** A text with something of everything that must not reach a terminal, and more of it than any screen is wide. */
export const hostile = [
  'a\u001b[2J\u001b]8;;http://e.vil\u001b\\b\u001b]8;;\u0007\u001b]52;c;cm0=\u0007',
  '\u009b31m\u0085\u202etxt\u2066\u200b\u2028\r\n\t\b\u0000\u007f\u{e0041}',
  '日'.repeat(255),
  '\u001b[',
].join('\n');

/** How a rollout of one instance came out. */
export function verdict(
  outcome: Verdict['outcome'],
  counts: Counts = { [outcome === 'success' ? 'Success' : 'Failed']: 1 },
): Verdict {
  return { outcome, counts, commandStatus: outcome === 'failure' ? 'Failed' : 'Success' };
}

/** Services that write down what they are asked for, around a real store that a test feeds. */
export class FakeServices implements ScreenServices {
  /** Monotonic milliseconds since the command was requested. */
  now = 0;
  readonly clocks = { monotonic: () => this.now, awsTime: () => requestedAt + this.now };
  readonly store = new RolloutStore(this.clocks);
  /** What GetCommandInvocation gives, or why it does not; by default it is still awaited. */
  more: Promise<PluginOutput> = new Promise(() => {});
  /** What S3 gives; by default it has nothing. */
  readObject: ReadObject = async () => null;
  readonly outputs = new OutputStore(
    {
      readPluginOutput: ({ instanceId }, name) => {
        this.calls.push(`read ${instanceId} ${name}`);
        return this.more;
      },
      readListedOutput: ({ instanceId, plugins }, index) => {
        this.calls.push(`list ${instanceId} ${plugins[index]?.name}`);
        return this.more;
      },
      readObject: (...query) => this.readObject(...query),
      readEvents: async () => null,
    },
    () => new Promise(() => {}),
    new AbortController().signal,
  );
  readonly commandId = commandId;
  readonly interval = 2_000;
  readonly cliOptions = '--region eu-west-1 --profile prod';
  /** Calls in order: `leave`, `pause`, `copy …`, `save …`. */
  readonly calls: string[] = [];
  saved: Promise<string> = Promise.resolve('saved 2 files in /tmp/x');
  account: string | null = null;
  /** What was looked at last. */
  inSight: readonly string[] = [];
  readonly place = () => ({ region: 'eu-west-1', profile: 'prod', account: this.account });
  readonly duration = () => this.now;
  back: (() => void) | null = null;
  readonly others = (instanceId: string) => void this.calls.push(`others ${instanceId}`);
  readonly leave = () => void this.calls.push('leave');
  readonly copy = (text: string) => void this.calls.push(`copy ${text}`);
  readonly polling = {
    paused: false,
    pause: () => this.#poll('pause', true),
    resume: () => this.#poll('resume', false),
    refresh: () => void this.calls.push('refresh'),
    setVisible: (instanceIds: readonly string[]) => {
      this.inSight = instanceIds;
    },
  };

  /** Lines that are told while outputs are saved. */
  progress: readonly string[] = [];
  onProgress: () => void = () => {};
  readonly save: ScreenServices['save'] = (invocations, onProgress) => {
    this.calls.push(`save ${invocations.map(({ instanceId }) => instanceId).join(' ')}`);
    for (const line of this.progress) {
      onProgress(line);
      this.onProgress();
    }
    return this.saved;
  };

  #poll(call: string, paused: boolean): void {
    this.calls.push(call);
    this.polling.paused = paused;
    this.store.activityChanged(paused ? { kind: 'paused' } : { kind: 'reading' });
  }
}
