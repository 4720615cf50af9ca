import { isDeepStrictEqual } from 'node:util';
import type { RolloutTruth } from '../../../src/simulator/model/rollout.ts';
import { type Environment, programFile } from '../../helpers/environment.ts';
import { RunningProgram } from '../../helpers/run-program.ts';
import { TestTerminal } from '../../helpers/terminal.ts';
import { type Event, eventsOf, fields } from '../json-lines.ts';
import { instancesOn } from '../screen-texts.ts';
import type { Cell, Told } from './fault-table.ts';
import { rowCount } from './faulty-rollout.ts';

/** What a run has come to. */
interface Ended {
  readonly exitCode: number | null;
  /** What it left for people to read. */
  readonly words: string;
}

/** What all that is told has to agree with. */
interface Expected extends Pick<Cell, 'told' | 'mayEndAtOnce'> {
  /** How the rollout really ended; null when the watch of it is to be refused. */
  readonly truth: RolloutTruth | null;
  /** How many requests arrived; null where not all of them can have. */
  readonly requests: number | null;
}

/** Somebody who looks at the program through one of its outputs. */
export interface Viewer extends Disposable {
  /** All rows are there, of which so many have ended. */
  rows(ended: number): Promise<void>;
  /** The problem is told as it should be. */
  problem(told: Told): Promise<void>;
  /** Rows that were there before the problem, and not where they were when it was told. */
  readonly lostRows: readonly string[];
  /** It is told that the problem is over, or that all is. */
  recovery(): Promise<void>;
  /** Whether the program has ended. */
  readonly isOver: boolean;
  end(): Promise<Ended>;
  /** What is wrong with all that was told. */
  mistakes(expected: Expected): string[];
}

/** An answer that never comes is waited for by the program for 30 s, before that is told. Milliseconds. */
const patience = 60_000;

type Open = (args: readonly string[], env: Environment) => Viewer;

export const viewers: Readonly<Record<Cell['output'], Open>> = {
  json: (args, env) => new JsonViewer(args, env),
  plain: (args, env) => new PlainViewer(args, env),
  tui: (args, env) => new ScreenViewer(args, env),
};

class JsonViewer implements Viewer {
  readonly lostRows = [];
  readonly #program: RunningProgram;
  readonly #events: Event[] = [];
  /** So much of stdout is in the events. */
  #read = 0;

  constructor(args: readonly string[], env: Environment) {
    this.#program = new RunningProgram([...args, '-o', 'json'], { env });
  }

  get isOver(): boolean {
    return this.#program.hasEnded;
  }

  rows(): Promise<void> {
    const rowsOf = (events: readonly Event[]) => events.filter(({ event }) => event === 'invocation');
    return this.#until((events) => new Set(rowsOf(events).map((row) => row.instanceId)).size === rowCount);
  }

  problem([kind, message]: Told): Promise<void> {
    return this.#until((events) =>
      events.some((event) => event.kind === kind && message.test(String(event.message))),
    );
  }

  recovery(): Promise<void> {
    return this.#until((events) => events.some(({ event }) => event === 'recovered' || event === 'end'));
  }

  async end(): Promise<Ended> {
    const { exitCode, stderr } = await this.#program.ended;
    return { exitCode, words: stderr };
  }

  mistakes({ told, mayEndAtOnce, truth, requests }: Expected): string[] {
    const events = this.#readOn(this.#program.stdout);
    const of = (name: string) => events.filter(({ event }) => event === name);
    const [problems, recovered, end] = [of('problem'), of('recovered'), of('end')];
    const found = [...problems, ...recovered, ...end]
      .filter((event) => !isAsDocumented(event) || (event.event === 'problem' && event.kind !== told?.[0]))
      .map((event) => JSON.stringify(event));
    if (truth !== null && recovered.length !== problems.length && !mayEndAtOnce) {
      found.push(`${problems.length} problems, ${recovered.length} recovered`);
    }
    const wanted = truth === null ? ['refused', 3, {}] : ['failure', 1, truth.counts];
    const got = end.map(({ outcome, exitCode, counts }) => [outcome, exitCode, counts]);
    if (!isDeepStrictEqual(got, [wanted])) {
      found.push(`the end is ${JSON.stringify(got)}, and not ${JSON.stringify(wanted)}`);
    }
    // Retries are counted, too.
    const calls = end[0]?.apiCalls;
    if (requests !== null && calls !== requests) found.push(`${calls} calls told of ${requests}`);
    return found;
  }

  [Symbol.dispose](): void {
    this.#program[Symbol.dispose]();
  }

  #until(holds: (events: readonly Event[]) => boolean): Promise<void> {
    return this.#program.waitForOutput((stdout) => holds(this.#readOn(stdout)), patience);
  }

  #readOn(stdout: string): readonly Event[] {
    const whole = wholeLines(stdout);
    this.#events.push(...eventsOf(whole.slice(this.#read)));
    this.#read = whole.length;
    return this.#events;
  }
}

/** Whether the event has the fields of the contract, and says what can be said in a line. */
function isAsDocumented(event: Event): boolean {
  const { message, retryInSeconds } = event;
  const isNamed = Object.keys(event).join() === fields[event.event]?.join();
  if (event.event !== 'problem') return isNamed;
  const isInTime = retryInSeconds === null || (Number(retryInSeconds) >= 0 && Number(retryInSeconds) <= 30);
  return isNamed && isInTime && /^[^\n]+$/.test(String(message));
}

class PlainViewer implements Viewer {
  readonly lostRows = [];
  readonly #program: RunningProgram;

  constructor(args: readonly string[], env: Environment) {
    this.#program = new RunningProgram([...args, '-o', 'plain'], { env });
  }

  get isOver(): boolean {
    return this.#program.hasEnded;
  }

  rows(): Promise<void> {
    const rowsIn = (stdout: string) => wholeLines(stdout).match(/^\d\d:\d\d:\d\d {2}m?i-\w+/gm) ?? [];
    return this.#program.waitForOutput((stdout) => {
      return new Set(rowsIn(stdout).map((row) => row.split('  ')[1])).size === rowCount;
    });
  }

  problem([, message]: Told): Promise<void> {
    const isTold = (stdout: string) => problemLines(stdout).some((line) => message.test(line));
    return this.#program.waitForOutput(isTold, patience);
  }

  recovery(): Promise<void> {
    return this.#program.waitForOutput(/^\d\d:\d\d:\d\d {2}recovered after \d+ ?s|^failure: /m, patience);
  }

  async end(): Promise<Ended> {
    const { exitCode, stdout, stderr } = await this.#program.ended;
    return { exitCode, words: stderr + stdout };
  }

  mistakes({ told, truth }: Expected): string[] {
    const { stdout } = this.#program;
    const strange = problemLines(stdout).filter(
      (line) => told === null || !/ · next try in \d+ ?s$/.test(line),
    );
    return [...strange, ...summaryMistakes(stdout, truth)];
  }

  [Symbol.dispose](): void {
    this.#program[Symbol.dispose]();
  }
}

/** What the header says in place of how often it polls, where that is not the problem's kind. */
const headlines: Readonly<Partial<Record<string, string>>> = { network: 'offline' };

class ScreenViewer implements Viewer {
  readonly #terminal: TestTerminal;
  #hasEnded = false;
  #rows: readonly string[] = [];
  #rowsWithProblem: readonly string[] = [];

  constructor(args: readonly string[], env: Environment) {
    const command = [process.execPath, programFile, ...args, '--exit'];
    // node-pty drops what it has not read 200 ms after the process ended, and may not come to it in that time.
    const script = '"$@"; code=$?; sleep 1; exit $code';
    this.#terminal = new TestTerminal('sh', ['-c', script, 'sh', ...command], { env, columns: 200 });
    void this.#terminal.exit.then(() => {
      this.#hasEnded = true;
    });
  }

  get isOver(): boolean {
    return this.#hasEnded;
  }

  get lostRows(): readonly string[] {
    // The problem takes a line.
    return this.#rows.slice(0, -1).filter((row, index) => this.#rowsWithProblem[index] !== row);
  }

  async rows(ended: number): Promise<void> {
    this.#rows = instancesOn(
      await this.#terminal.waitFor(new RegExp(` ${ended} of ${rowCount} `), 'all rows', patience),
    );
  }

  async problem([kind, message]: Told): Promise<void> {
    const headline = new RegExp(`${headlines[kind] ?? kind} · (data \\d.* old|no data yet)`);
    const isTold = ([header = '', , , problem = '']: readonly string[]) => {
      // What is not listed, or one action that is denied, is no reason for the rest to be old.
      const isOld = headline.test(header) || /no longer|does not list|not allowed/.test(problem);
      return problem.startsWith(' ! ') && message.test(problem) && isOld;
    };
    const screen = await this.#terminal.waitFor(isTold, `the problem ${message}`, patience);
    this.#rowsWithProblem = instancesOn(screen);
  }

  async recovery(): Promise<void> {
    const isWell = ([header = '', , , fourth = '']: readonly string[]) =>
      this.#hasEnded || (/every 0\.5 s · \d+ s ago|finished/.test(header) && !fourth.startsWith(' ! '));
    await Promise.race([this.#terminal.waitFor(isWell, 'recovery', patience), this.#terminal.exit]);
  }

  async end(): Promise<Ended> {
    const { exitCode } = await this.#terminal.exit;
    return { exitCode, words: this.#terminal.scrollback() };
  }

  mistakes({ truth }: Expected): string[] {
    const { onAlternateScreen, cursorIsShown } = this.#terminal;
    const left = onAlternateScreen || !cursorIsShown ? ['the terminal was not given back'] : [];
    return [...left, ...summaryMistakes(this.#terminal.scrollback(), truth)];
  }

  [Symbol.dispose](): void {
    this.#terminal[Symbol.dispose]();
  }
}

/** What the summary of `plain` and of the screen says otherwise. */
function summaryMistakes(words: string, truth: RolloutTruth | null): string[] {
  if (truth === null) return [];
  const { Success = 0 } = truth.counts;
  const wanted = [
    `failure: ${Success} of ${rowCount} succeeded, ${rowCount - Success} did not`,
    ...Object.entries(truth.counts).map(([status, count]) => `${count} ${status}`),
    'exit 1: ',
  ];
  return wanted.filter((text) => !words.includes(text)).map((text) => `the summary lacks "${text}"`);
}

/** Without what has not been written to its end. */
const wholeLines = (stdout: string) => stdout.slice(0, stdout.lastIndexOf('\n') + 1);

const problemLines = (stdout: string) => wholeLines(stdout).match(/^\d\d:\d\d:\d\d {2}problem: .*$/gm) ?? [];
