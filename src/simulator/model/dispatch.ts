import { type Agenda, createAgenda } from './agenda.ts';
import type { Fate } from './fate.ts';
import { random } from './random.ts';
import type { Cancellation, DispatchHistory, Phase } from './rollout-history.ts';
import { allowedErrorsOf, concurrencyOf, expiresAfter, type RolloutPlan } from './rollout-plan.ts';
import { type InvocationDetails, isError } from './statuses.ts';
import { endOf, killSteps, runSteps, type StepRun } from './step-runs.ts';

interface Row {
  phases: Phase[];
  runs: StepRun[];
  dispatchedAt: number | undefined;
  endedAt: number | undefined;
  attempts: number;
  /** Sent, and not yet over: holds one of the MaxConcurrency places. */
  running: boolean;
  cancelling: boolean;
}

/** Between two steps of the ramp, and from one end to the next start. */
const rampGapMs = 300;

/** Sends the command to the instances as Run Command does, from event to event; `historyOf` is the way to use it. */
class Dispatch {
  readonly #plan: RolloutPlan;
  readonly #agenda: Agenda = createAgenda();
  readonly #rows: Row[];
  readonly #queue: number[];
  readonly #maxConcurrency: number;
  readonly #allowedErrors: number;
  readonly #expiresAt: number;
  #nextInQueue = 0;
  #limit = 1;
  #places = 0;
  #running = 0;
  #open: number;
  #errors = 0;
  #sending = true;
  #givenUp = false;
  #cancelledAt: number | undefined;
  #alarmedAt: number | undefined;

  constructor(plan: RolloutPlan) {
    this.#plan = plan;
    this.#open = plan.instances.length;
    this.#maxConcurrency = concurrencyOf(plan);
    this.#allowedErrors = allowedErrorsOf(plan);
    this.#expiresAt = expiresAfter(plan);
    this.#queue = random(plan.seed, 'queue').shuffle(plan.instances.map((_, index) => index));
    this.#rows = plan.instances.map(() => ({
      phases: [{ at: plan.sentAt, details: 'Pending' }],
      runs: [],
      dispatchedAt: undefined,
      endedAt: undefined,
      attempts: 0,
      running: false,
      cancelling: false,
    }));
  }

  run(cancellations: readonly Cancellation[]): DispatchHistory {
    const { seed, sentAt, addressed, alarmAt } = this.#plan;
    const lead = addressed.by === 'targets' ? 2700 : 150;
    this.#agenda.plan(sentAt + lead + random(seed, 'start').int(0, 200), (at) => this.#ramp(at));
    this.#agenda.plan(this.#expiresAt, () => {
      this.#sending = false;
    });
    this.#agenda.plan(this.#expiresAt + 12_000, (at) => this.#expire(at));
    if (alarmAt !== undefined) this.#agenda.plan(alarmAt, (at) => this.#alarm(at));
    for (const cancellation of cancellations) {
      this.#agenda.plan(cancellation.at, (at) => this.#cancel(cancellation, at));
    }
    this.#agenda.drain();
    const invocations = this.#rows.map(({ endedAt = Number.POSITIVE_INFINITY, ...row }) => ({
      ...row,
      endedAt,
    }));
    return { invocations, cancelledAt: this.#cancelledAt, alarmedAt: this.#alarmedAt };
  }

  #row(index: number): Row {
    return this.#rows[index] as Row;
  }

  #random(index: number, purpose: string) {
    return random(this.#plan.seed, purpose, index, this.#row(index).attempts);
  }

  /** 1, 2, 4 … at a time, up to MaxConcurrency. */
  #ramp(at: number): void {
    this.#fill(at);
    if (this.#limit >= this.#maxConcurrency) return;
    this.#agenda.plan(at + rampGapMs, (later) => {
      this.#limit = Math.min(this.#maxConcurrency, this.#limit * 2);
      this.#ramp(later);
    });
  }

  #fill(at: number): void {
    while (this.#sending && this.#places < this.#limit && this.#nextInQueue < this.#queue.length) {
      const index = this.#queue[this.#nextInQueue++] as number;
      const row = this.#row(index);
      if (row.endedAt === undefined && !row.cancelling) this.#send(index, at);
    }
  }

  #send(index: number, at: number): void {
    const row = this.#row(index);
    const fate = this.#plan.fateOf(index);
    row.attempts += 1;
    row.dispatchedAt ??= at;
    row.running = true;
    this.#places += 1;
    this.#running += 1;
    if (fate.delay?.kind === 'then-pending' && row.attempts === 1) {
      this.#enter(index, 'Delayed', at);
      this.#agenda.plan(at + fate.delay.seconds * 1000, (later) => this.#putBack(index, later));
      return;
    }
    this.#enter(index, fate.delay?.kind === 'then-success' ? 'Delayed' : 'InProgress', at);
    if (fate.delivery === 'no-answer') return;
    if (fate.delivery !== 'delivered') {
      const { delivery } = fate;
      const refusedAt = at + this.#random(index, 'refused').int(900, 2600);
      this.#agenda.plan(refusedAt, (later) => this.#end(index, delivery, later));
      return;
    }
    this.#execute(index, fate, at);
  }

  #execute(index: number, fate: Fate, at: number): void {
    const row = this.#row(index);
    const source = this.#random(index, 'execute');
    const late = fate.delay?.kind === 'then-success' ? fate.delay.seconds * 1000 : 0;
    const instance = this.#plan.instances[index];
    if (instance === undefined) return;
    const runs = runSteps(this.#plan.steps, instance, fate, at + late + source.int(120, 600));
    row.runs = runs;
    const endAt = runs.at(-1)?.reportedAt ?? at;
    if (fate.delay?.kind === 'mid-run') {
      const delayedAt = Math.round(at + (endAt - at) * source.between(0.2, 0.6));
      this.#agenda.plan(delayedAt, (later) => {
        if (row.runs === runs && row.endedAt === undefined && !row.cancelling)
          this.#enter(index, 'Delayed', later);
      });
    }
    this.#agenda.plan(endAt, (later) => {
      // A cancel replaces the runs, and with them this end.
      if (row.runs === runs) this.#end(index, endOf(runs), later);
    });
  }

  /** Delayed → Pending: it gives its place up and waits for another turn. */
  #putBack(index: number, at: number): void {
    const row = this.#row(index);
    if (row.endedAt !== undefined || row.cancelling) return;
    this.#enter(index, 'Pending', at);
    this.#queue.push(index);
    this.#leave(row, at);
  }

  #enter(index: number, details: InvocationDetails, at: number): void {
    this.#row(index).phases.push({ at, details });
  }

  #end(index: number, details: InvocationDetails, at: number): void {
    const row = this.#row(index);
    if (row.endedAt !== undefined) return;
    row.endedAt = at;
    row.runs = row.runs.filter((run) => run.reportedAt <= at);
    this.#enter(index, details, at);
    this.#open -= 1;
    if (isError(details) && ++this.#errors > this.#allowedErrors) this.#sending = false;
    if (row.running) this.#leave(row, at);
    else this.#terminateRest(at);
  }

  #leave(row: Row, at: number): void {
    row.running = false;
    this.#running -= 1;
    this.#terminateRest(at);
    this.#agenda.plan(at + rampGapMs, (later) => {
      this.#places -= 1;
      this.#fill(later);
    });
  }

  #alarm(at: number): void {
    if (this.#open === 0) return;
    this.#alarmedAt = at;
    this.#sending = false;
    this.#terminateRest(at);
  }

  /** MaxErrors, or an alarm: what runs finishes, and only then the rest is given up. */
  #terminateRest(at: number): void {
    const stopped = this.#errors > this.#allowedErrors || this.#alarmedAt !== undefined;
    if (!stopped || this.#running > 0 || this.#givenUp) return;
    this.#givenUp = true;
    this.#agenda.plan(at + 500, (later) => {
      for (const [index, row] of this.#rows.entries()) {
        if (!row.running && !row.cancelling) this.#end(index, 'Terminated', later);
      }
    });
  }

  #expire(at: number): void {
    for (const [index, row] of this.#rows.entries()) {
      if (row.endedAt !== undefined) continue;
      const flipsAt = at + random(this.#plan.seed, 'expire', index).int(0, 3000);
      this.#agenda.plan(flipsAt, (later) => this.#end(index, 'DeliveryTimedOut', later));
    }
  }

  #cancel({ instanceIds }: Cancellation, at: number): void {
    if (this.#open === 0) return;
    if (instanceIds === undefined) {
      this.#cancelledAt ??= at;
      this.#sending = false;
    }
    for (const [index, row] of this.#rows.entries()) {
      const id = this.#plan.instances[index]?.id ?? '';
      if (row.endedAt !== undefined || row.cancelling || instanceIds?.includes(id) === false) continue;
      row.cancelling = true;
      this.#enter(index, 'Cancelling', at);
      this.#kill(index, at);
    }
  }

  /** Best effort: a dead agent never hears of it, and a script that is almost done finishes first. */
  #kill(index: number, at: number): void {
    const row = this.#row(index);
    const instance = this.#plan.instances[index];
    if (instance === undefined) return;
    if (!row.running) {
      this.#agenda.plan(at + this.#random(index, 'cancel').int(300, 1000), (later) =>
        this.#end(index, 'Cancelled', later),
      );
      return;
    }
    if (this.#plan.fateOf(index).delivery === 'no-answer') return;
    const killAt = at + this.#random(index, 'kill').int(800, 3500);
    const endAt = row.runs.at(-1)?.reportedAt;
    if (endAt !== undefined && endAt <= killAt) return;
    const runs = killSteps(row.runs, instance, killAt);
    row.runs = runs;
    this.#agenda.plan(Math.max(killAt, ...runs.map((run) => run.reportedAt)), (later) =>
      this.#end(index, 'Cancelled', later),
    );
  }
}

/** The whole history of the plan with these cancels; nothing is random but by the plan's seed. */
export function historyOf(plan: RolloutPlan, cancellations: readonly Cancellation[]): DispatchHistory {
  return new Dispatch(plan).run(cancellations);
}
