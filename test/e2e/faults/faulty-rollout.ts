import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTerminal } from '../../../src/domain/status.ts';
import type { ManualClock } from '../../../src/simulator/model/clock.ts';
import { type Certificate, selfSigned } from '../../helpers/certificate.ts';
import { type Environment, TemporaryFolder } from '../../helpers/environment.ts';
import { Gate } from '../../helpers/gate.ts';
import { type Rollout, standingRollout } from '../../helpers/rollout.ts';
import { type Cell, type NetworkFault, networkFaults } from './fault-table.ts';

/** Something that can go wrong, and be mended. */
interface Obstacle extends AsyncDisposable {
  readonly url: string;
  /** What the program has to know to get there. */
  readonly env: Environment;
  /** Whether each request comes to the simulator, if no further. */
  readonly letsAllArrive: boolean;
  strike(): Promise<void>;
  mend(): Promise<void>;
}

/** How many rows the rollout has. */
export const rowCount = 60;

/** A rollout of 60 instances, all of them listed, that stands still in the middle, and what goes wrong with the watch. */
export class FaultyRollout implements AsyncDisposable {
  readonly #rollout: Rollout<ManualClock>;
  readonly #obstacle: Obstacle;
  #sweptBefore = 0;

  static async open(cell: Pick<Cell, 'fault' | 'moment'>): Promise<FaultyRollout> {
    const rollout = await standingRollout(12);
    return new FaultyRollout(rollout, await obstacleTo(rollout, cell));
  }

  private constructor(rollout: Rollout<ManualClock>, obstacle: Obstacle) {
    this.#rollout = rollout;
    this.#obstacle = obstacle;
  }

  /** Arguments that make the program watch it, in several pages and as often as may be. */
  get args(): string[] {
    const endpoint = ['--endpoint-url', this.#obstacle.url, '--region', 'eu-west-1'];
    return [...endpoint, '--interval', '0.5', '--page-size', '25', this.#rollout.simulator.commandId];
  }

  get env(): Environment {
    return this.#obstacle.env;
  }

  async strike(): Promise<void> {
    this.#sweptBefore = this.#sweeps;
    await this.#obstacle.strike();
  }

  mend(): Promise<void> {
    return this.#obstacle.mend();
  }

  /** Whether so many invocations were asked for since it struck that it was met, and was not by chance. */
  get wasMet(): boolean {
    return this.#sweeps - this.#sweptBefore >= 6;
  }

  /** Lets the rollout come to its very end: a second before, there was something left to change. */
  finish(): void {
    const { simulator, clock } = this.#rollout;
    clock.advance(Math.max(0, (simulator.truth()?.endsAt ?? 0) - clock.now()));
  }

  /** How many invocations have ended by now. */
  get ended(): number {
    return this.#rollout.simulator.truth()?.invocations.filter(isTerminal).length ?? 0;
  }

  get truth() {
    const truth = this.#rollout.simulator.truth();
    if (!truth?.over) throw new Error('the rollout is not over');
    return truth;
  }

  /** Requests that have arrived; null where not all of them can. */
  get requests(): number | null {
    return this.#obstacle.letsAllArrive ? this.#rollout.requests() : null;
  }

  get #sweeps(): number {
    return this.#rollout.requests('ListCommandInvocations');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#obstacle[Symbol.asyncDispose]();
    await this.#rollout[Symbol.asyncDispose]();
  }
}

function obstacleTo(rollout: Rollout, { fault, moment }: Pick<Cell, 'fault' | 'moment'>): Promise<Obstacle> {
  const isOfNetwork = (name: string): name is NetworkFault => networkFaults.some((known) => known === name);
  if (isOfNetwork(fault)) return networkObstacles[fault](rollout.simulator.url);
  let takeAway = () => {};
  return Promise.resolve({
    url: rollout.simulator.url,
    env: {},
    letsAllArrive: true,
    strike: async () => {
      takeAway = rollout.simulator.addFault({
        kind: fault,
        ...(fault === '503' ? { retryAfterSeconds: 1 } : {}),
        // That the command has ended is seen, and then the sweep fails that is to be the last.
        ...(moment === 'in the last sweep' || fault === 'missing-row'
          ? { operation: 'ListCommandInvocations' }
          : {}),
      });
    },
    mend: async () => takeAway(),
    [Symbol.asyncDispose]: async () => {},
  });
}

const networkObstacles: Readonly<Record<NetworkFault, (target: string) => Promise<Obstacle>>> = {
  refused: async (target) => {
    const gate = await Gate.open(target);
    return {
      url: `http://127.0.0.1:${gate.port}`,
      env: {},
      letsAllArrive: false,
      strike: () => gate.shut(),
      mend: () => gate.reopen(),
      [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose](),
    };
  },
  dns: async (target) => {
    const gate = await Gate.open(target);
    const folder = new TemporaryFolder();
    const unresolved = join(folder.path, 'unresolved');
    return {
      url: `http://ssm.test:${gate.port}`,
      env: {
        NODE_OPTIONS: `--import ${new URL('../../helpers/name-lookup.ts', import.meta.url).href}`,
        UNRESOLVED: unresolved,
      },
      letsAllArrive: false,
      strike: async () => {
        writeFileSync(unresolved, '');
        // A connection that is there needs no name.
        gate.cut();
      },
      mend: async () => rmSync(unresolved),
      [Symbol.asyncDispose]: async () => {
        folder[Symbol.dispose]();
        await gate[Symbol.asyncDispose]();
      },
    };
  },
  tls: async (target) => {
    const trusted: Certificate = selfSigned('trusted');
    const gate = await Gate.open(target, trusted);
    const folder = new TemporaryFolder();
    const bundle = join(folder.path, 'trusted.pem');
    writeFileSync(bundle, trusted.cert);
    return {
      url: `https://127.0.0.1:${gate.port}`,
      env: { NODE_EXTRA_CA_CERTS: bundle },
      letsAllArrive: false,
      strike: async () => gate.show(selfSigned('somebody else')),
      mend: async () => gate.show(trusted),
      [Symbol.asyncDispose]: async () => {
        folder[Symbol.dispose]();
        await gate[Symbol.asyncDispose]();
      },
    };
  },
};
