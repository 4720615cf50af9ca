import type { AccountPlan } from './account-plan.ts';
import { assignConditions, type Condition, type ConditionShare, fateOf } from './conditions.ts';
import { findDocument, type SsmDocument, stepTimeoutSeconds } from './documents.ts';
import { createFleet, type ManagedNode, matchTargets, type Target } from './fleet.ts';
import { lazily } from './lazily.ts';
import { knownCount, pastCommandsOf } from './past-commands.ts';
import { random, uuid } from './random.ts';
import { type Rollout, startRollout } from './rollout.ts';
import { type EchoedSettings, nothingEchoed, type Quirks, type RolloutPlan } from './rollout-plan.ts';

/** A command as somebody sends it, checked and with its defaults. */
export interface SentCommand {
  readonly document: SsmDocument;
  readonly documentVersion: string;
  readonly comment: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly addressed:
    | { readonly by: 'ids'; readonly ids: readonly string[] }
    | { readonly by: 'targets'; readonly targets: readonly Target[] };
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly timeoutSeconds: number;
  readonly echoed?: EchoedSettings;
  readonly quirks?: Partial<Quirks>;
  readonly cancelAfterSeconds?: number;
  readonly alarmAfterSeconds?: number;
  /** In place of the fleet's own conditions. */
  readonly conditions?: readonly ConditionShare[];
}

/** The simulated AWS account: its nodes and the commands it has been sent. */
export interface Account {
  readonly nodes: readonly ManagedNode[];
  /** The command that was sent when it opened. */
  readonly commandId: string;
  /** Newest first, as far as the history goes back. */
  rollouts(at: number): readonly Rollout[];
  find(commandId: string, at: number): Rollout | undefined;
  node(instanceId: string): ManagedNode | undefined;
  /** When a node that does not answer was last seen; undefined for one that answers. */
  unseenSince(instanceId: string): number | undefined;
  send(command: SentCommand, at: number): Rollout;
  cancel(commandId: string, at: number, instanceIds?: readonly string[]): void;
}

const historyMs = 30 * 24 * 3_600_000;
/** The alarm of those past commands that one stopped. */
const alarms = { ignorePollAlarmFailure: false, names: ['acme-app-5xx'] };
/** How long before the start a node that does not answer was last seen. */
const [leastUnseenMs, mostUnseenMs] = [40 * 60_000, 3 * 24 * 3_600_000];
const remembered = (rollout: Rollout, at: number) => at - rollout.plan.sentAt < historyMs;

function documentNamed(name: string): SsmDocument {
  const document = findDocument(name);
  if (document === undefined) throw new Error(`no document ${name}`);
  return document;
}

function firstCommandOf(plan: AccountPlan, nodes: readonly ManagedNode[]): SentCommand {
  const { targets = [{ Key: 'tag:Env', Values: ['prod', 'staging'] }] } = plan;
  const everything = [{ Key: 'InstanceIds', Values: ['*'] }];
  const byIds = targets === 'ids' && nodes.length <= 50;
  return {
    document: documentNamed(plan.documentName),
    documentVersion: '$DEFAULT',
    comment: plan.comment,
    parameters: plan.parameters,
    addressed: byIds
      ? { by: 'ids', ids: nodes.map((node) => node.id) }
      : { by: 'targets', targets: targets === 'ids' ? everything : targets },
    maxConcurrency: plan.maxConcurrency,
    maxErrors: plan.maxErrors,
    timeoutSeconds: plan.timeoutSeconds,
    ...(plan.quirks === undefined ? {} : { quirks: plan.quirks }),
    ...(plan.cancelAfterSeconds === undefined ? {} : { cancelAfterSeconds: plan.cancelAfterSeconds }),
    ...(plan.alarmAfterSeconds === undefined ? {} : { alarmAfterSeconds: plan.alarmAfterSeconds }),
    echoed: { ...nothingEchoed, ...plan.echoed },
  };
}

/**
 * Opens an account with a history of past commands, and sends the plan's command. The same seed gives the same account.
 * `startedAt`: epoch milliseconds.
 */
export function openAccount(accountPlan: AccountPlan, seed: number, startedAt: number): Account {
  const nodes = createFleet(seed, accountPlan.instances, accountPlan.windowsShare);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const fleetConditions = assignConditions(seed, nodes, accountPlan.conditions);
  const rollouts: Rollout[] = [];
  const index = new Map<string, number>();

  function plan(command: SentCommand, at: number, identity: readonly (string | number)[]): RolloutPlan {
    const { document, addressed, parameters, conditions: own } = command;
    // Of the many past commands few are looked at.
    const addressees = lazily(() =>
      addressed.by === 'ids'
        ? addressed.ids.flatMap((id) => byId.get(id) ?? [])
        : matchTargets(nodes, addressed.targets),
    );
    const instances = lazily(() =>
      addressees().map(({ id, hostName, platform }) => ({ id, hostName, platform })),
    );
    const commandSeed = random(seed, 'command', ...identity).int(0, 2 ** 31);
    const conditions = lazily(() =>
      own === undefined ? fleetConditions : assignConditions(commandSeed, addressees(), own),
    );
    const timeoutSeconds = stepTimeoutSeconds(parameters);
    const steps = document.steps.map((step) => ({ ...step, timeoutSeconds }));
    const conditionOf = (node: ManagedNode): Condition =>
      document.platforms.includes(node.platform) ? (conditions().get(node.id) ?? 'well') : 'InvalidPlatform';
    return {
      seed: commandSeed,
      commandId: uuid(random(seed, 'commandId', ...identity)),
      sentAt: at,
      documentName: document.name,
      documentVersion: command.documentVersion,
      comment: command.comment,
      parameters,
      steps,
      addressed,
      get instances() {
        return instances();
      },
      fateOf(position) {
        const node = addressees()[position] as ManagedNode;
        return fateOf(commandSeed, node, conditionOf(node), steps, accountPlan.stepSeconds);
      },
      maxConcurrency: command.maxConcurrency,
      maxErrors: command.maxErrors,
      timeoutSeconds: command.timeoutSeconds,
      ...(command.alarmAfterSeconds === undefined ? {} : { alarmAt: at + command.alarmAfterSeconds * 1000 }),
      quirks: command.quirks ?? {},
      echoed: command.echoed ?? nothingEchoed,
    };
  }

  function start(command: SentCommand, at: number, identity: readonly (string | number)[]): Rollout {
    const { cancelAfterSeconds } = command;
    const cancellations = cancelAfterSeconds === undefined ? [] : [{ at: at + cancelAfterSeconds * 1000 }];
    const rollout = startRollout(plan(command, at, identity), cancellations);
    index.set(rollout.plan.commandId, rollouts.length);
    rollouts.push(rollout);
    return rollout;
  }

  for (const { identity, hoursAgo, firstNode = 0, ...past } of pastCommandsOf(seed)) {
    const first = Math.min(firstNode, Math.max(0, nodes.length - past.nodes));
    start(
      {
        ...past,
        document: documentNamed(past.documentName),
        documentVersion: '$DEFAULT',
        ...(past.alarmAfterSeconds === undefined ? {} : { echoed: { ...nothingEchoed, alarms } }),
        addressed:
          past.target === undefined
            ? { by: 'ids', ids: nodes.slice(first, first + past.nodes).map((node) => node.id) }
            : { by: 'targets', targets: [past.target] },
      },
      Math.round(startedAt - hoursAgo * 3_600_000),
      identity,
    );
  }
  let number = knownCount;
  const send = (command: SentCommand, at: number) => start(command, at, [number++]);
  const main = send(firstCommandOf(accountPlan, nodes), startedAt);

  return {
    nodes,
    commandId: main.plan.commandId,
    rollouts: (at) => rollouts.toReversed().filter((rollout) => remembered(rollout, at)),
    find(commandId, at) {
      const rollout = rollouts[index.get(commandId) ?? -1];
      return rollout !== undefined && remembered(rollout, at) ? rollout : undefined;
    },
    node: (instanceId) => byId.get(instanceId),
    unseenSince(instanceId) {
      const condition = fleetConditions.get(instanceId);
      if (condition !== 'no-answer' && condition !== 'Undeliverable') return undefined;
      return startedAt - random(seed, 'last seen', instanceId).int(leastUnseenMs, mostUnseenMs);
    },
    send,
    cancel(commandId, at, instanceIds) {
      const position = index.get(commandId);
      const rollout = rollouts[position ?? -1];
      if (position === undefined || rollout === undefined) return;
      rollouts[position] = rollout.cancel(at, instanceIds);
    },
  };
}
