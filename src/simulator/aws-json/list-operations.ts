import type { Rollout } from '../model/rollout.ts';
import { filterOf } from './list-filters.ts';
import { pagedAnswer } from './paged-answer.ts';
import type { Placed, Position } from './pages.ts';
import type { ListRequest } from './requests.ts';
import { checkCommandId, type Situation } from './situation.ts';
import { commandToWire, invocationToWire, type WireObject } from './wire.ts';

/** The rollouts a list call looks at, newest first, numbered from the oldest so that a new one shifts no token. */
function* candidates({ account, now }: Situation, commandId: string | undefined, start: number | undefined) {
  const rollouts = account.rollouts(now);
  for (const [age, rollout] of rollouts.entries()) {
    const number = rollouts.length - 1 - age;
    if (start !== undefined && number > start) continue;
    if (commandId === undefined || rollout.plan.commandId === commandId) yield { number, rollout };
  }
}

/** @throws ServiceError InvalidCommandId, InvalidFilterKey, ValidationException or InvalidNextToken */
export function listCommands(situation: Situation, request: ListRequest): WireObject {
  const { now } = situation;
  const { CommandId: commandId, InstanceId: instanceId, Filters: filters = [] } = request;
  checkCommandId(commandId);
  const matches = filterOf('ListCommands', filters, instanceId);
  function* itemsFrom(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const { number, rollout } of candidates(situation, commandId, start?.[0])) {
      const { plan } = rollout;
      const state = rollout.commandAt(now);
      if (state === undefined) continue;
      if (instanceId !== undefined && !plan.instances.some(({ id }) => id === instanceId)) continue;
      const { documentName, sentAt: requestedAt } = plan;
      if (matches({ ...state, documentName, requestedAt })) {
        yield { item: commandToWire(plan, state), position: [number, 0] };
      }
    }
  }
  return pagedAnswer(situation, 'ListCommands', request, itemsFrom);
}

function* rows(rollout: Rollout, first: number, instanceId: string | undefined, now: number) {
  const { order, plan } = rollout;
  for (let place = first; place < order.length; place++) {
    const index = order[place] ?? 0;
    if (instanceId !== undefined && plan.instances[index]?.id !== instanceId) continue;
    const state = rollout.invocationAt(index, now);
    if (state !== undefined) yield { state, place };
  }
}

/** @throws ServiceError InvalidCommandId, InvalidFilterKey, ValidationException or InvalidNextToken */
export function listCommandInvocations(situation: Situation, request: ListRequest): WireObject {
  const { now } = situation;
  const {
    CommandId: commandId,
    InstanceId: instanceId,
    Filters: filters = [],
    Details: details = false,
  } = request;
  checkCommandId(commandId);
  const matches = filterOf('ListCommandInvocations', filters, instanceId);
  function* itemsFrom(start: Position | undefined): Iterable<Placed<WireObject>> {
    for (const { number, rollout } of candidates(situation, commandId, start?.[0])) {
      const { plan } = rollout;
      const first = start !== undefined && start[0] === number ? start[1] : 0;
      for (const { state, place } of rows(rollout, first, instanceId, now)) {
        if (matches({ ...state, documentName: plan.documentName })) {
          yield { item: invocationToWire(plan, state, details), position: [number, place] };
        }
      }
    }
  }
  return pagedAnswer(situation, 'ListCommandInvocations', request, itemsFrom);
}
