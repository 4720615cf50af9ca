import { listCommandInvocations, listCommands } from '../../src/simulator/aws-json/list-operations.ts';
import { ServiceError } from '../../src/simulator/aws-json/service-error.ts';
import type { WireObject } from '../../src/simulator/aws-json/wire.ts';
import { type Account, openAccount } from '../../src/simulator/model/account.ts';
import type { ManualClock } from '../../src/simulator/model/clock.ts';
import type { RolloutTruth } from '../../src/simulator/model/rollout.ts';
import { type ScenarioName, scenarios } from '../../src/simulator/scenarios.ts';
import type { WireAnswer } from './mutate.ts';
import type { Truth } from './mutating-endpoint.ts';

interface Setup {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly instances: number;
  readonly pagingTricks: boolean;
  /** Whether ListCommands is denied, until long after the rollout is over. */
  readonly isDenied: boolean;
}

const denial = new ServiceError(
  'AccessDeniedException',
  'User: me is not authorized to perform: ssm:ListCommands on resource: *',
);

/**
 * Virtual milliseconds after which what was denied is granted: of a row that only a forged answer had, ListCommands alone
 * tells when to give it up.
 */
const deniedFor = 1_800_000;
/** How long an answer takes, in virtual milliseconds. */
const latency = 100;

/** The account of a scenario, and what it answers to the list calls. */
export class SimulatedAccount {
  readonly #account: Account;
  readonly #setup: Setup;
  readonly #clock: ManualClock;
  readonly #grantedAt: number;

  constructor(setup: Setup, clock: ManualClock) {
    this.#setup = setup;
    this.#clock = clock;
    this.#grantedAt = setup.isDenied ? clock.now() + deniedFor : clock.now();
    const plan = { ...scenarios[setup.scenario], instances: setup.instances };
    this.#account = openAccount(plan, setup.seed, clock.now());
  }

  get commandId(): string {
    return this.#account.commandId;
  }

  /** How the rollout is now. */
  get truth(): RolloutTruth {
    const now = this.#clock.now();
    const truth = this.#account.find(this.commandId, now)?.truth(now);
    if (truth === undefined) throw new Error('there is no rollout');
    return truth;
  }

  /** One of the rollout's instances; null where it has none. */
  get someInstance(): string | null {
    const { invocations } = this.truth;
    return invocations[this.#setup.seed % Math.max(1, invocations.length)]?.instanceId ?? null;
  }

  readonly answer: Truth = (operation, body) => {
    this.#clock.advance(latency);
    const { seed, pagingTricks } = this.#setup;
    const situation = { account: this.#account, now: this.#clock.now(), seed, pagingTricks };
    const call = operation === 'ListCommands' ? listCommands : listCommandInvocations;
    try {
      if (operation === 'ListCommands' && this.#clock.now() < this.#grantedAt) throw denial;
      return this.#answerOf(200, call(situation, JSON.parse(body)));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return this.#answerOf(error.status, error.toWire());
    }
  };

  #answerOf(status: number, body: WireObject): WireAnswer {
    const date = new Date(this.#clock.now()).toUTCString();
    const headers = { 'content-type': 'application/x-amz-json-1.1', date };
    return { status, headers, body: Buffer.from(JSON.stringify(body)), sent: 'whole' };
  }
}
