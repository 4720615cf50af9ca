import type { Fault } from '../faults/faults.ts';
import { listCommandInvocations, listCommands } from './list-operations.ts';
import { listMembers } from './paged-answer.ts';
import type { Situation } from './situation.ts';
import type { Wire, WireObject } from './wire.ts';

/** The token that `repeat-token` gives again and again; the page that it asks for is the first. */
const repeatedToken = Buffer.from('the same token again').toString('base64');

/** The input as the operation sees it: a repeated token means the first page, an expired one is no token of its. */
export function distortInput(
  faults: readonly Fault[],
  input: Record<string, unknown>,
): Record<string, unknown> {
  const { NextToken: token, ...first } = input;
  const has = (kind: Fault['kind']) => faults.some((fault) => fault.kind === kind);
  if (token === repeatedToken && has('repeat-token')) return first;
  return token !== undefined && has('expired-page-token') ? { ...first, NextToken: 'expired' } : input;
}

const listNames = Object.values(listMembers);
const listsWithEvents = [...listNames, 'events'] as const;

const isObject = (value: Wire | undefined): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The ways in which `wrong-types` breaks a list's answer, one after the other. */
const wrongLists: readonly ((rows: readonly WireObject[]) => Wire | undefined)[] = [
  () => 'none',
  (rows) => [null, ...rows],
  (rows) => rows.map((row) => ({ ...row, RequestedDateTime: 'yesterday' })),
  () => undefined,
  (rows) => rows.map((row) => ({ ...row, Status: 7, StatusDetails: null })),
  (rows) => rows.map((row) => ({ ...row, CommandPlugins: 'aws:runShellScript' })),
  (rows) =>
    rows.map((row) => ({
      ...row,
      CommandPlugins: [null, { Name: 3, Output: { text: '' }, ResponseCode: '0' }],
    })),
  (rows) => rows.map(({ InstanceId, CommandId, ...row }) => row),
  (rows) => rows.map((row) => ({ ...row, TargetCount: 'many', InstanceId: 12, InstanceName: null })),
  (rows) => rows.map((row) => ({ ...row, message: null, timestamp: 'now' })),
  () => ({}),
];

function wrongTypes(body: WireObject, turn: number): WireObject {
  const name = listsWithEvents.find((known) => known in body);
  if (name === undefined) {
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, typeof value === 'string' ? 7 : 'seven']),
    );
  }
  const { [name]: rows, ...rest } = body;
  const wrong = wrongLists[turn % wrongLists.length]?.((rows as readonly WireObject[]) ?? []);
  return wrong === undefined ? rest : { ...rest, [name]: wrong };
}

/** How far behind a stale status is. */
const staleMs = 6000;

function older(situation: Situation, row: WireObject, details: boolean): WireObject {
  const before = { ...situation, now: situation.now - staleMs, pagingTricks: false };
  const CommandId = String(row.CommandId);
  const list =
    row.InstanceId === undefined
      ? listCommands(before, { CommandId }).Commands
      : listCommandInvocations(before, { CommandId, InstanceId: String(row.InstanceId), Details: details })
          .CommandInvocations;
  const found = Array.isArray(list) ? (list[0] as Wire | undefined) : undefined;
  return isObject(found) ? found : row;
}

function withRows(body: WireObject, change: (rows: readonly WireObject[]) => readonly Wire[]): WireObject {
  const name = listNames.find((known) => known in body);
  return name === undefined ? body : { ...body, [name]: change(body[name] as readonly WireObject[]) };
}

/** The row that vanishes: the first instance of each rollout, and of the commands the scenario's own. */
function isVictim(situation: Situation, row: WireObject): boolean {
  const rollout = situation.account.find(String(row.CommandId), situation.now);
  if (row.InstanceId === undefined) return row.CommandId === situation.account.commandId;
  return rollout?.plan.instances[0]?.id === row.InstanceId;
}

function distort(
  { kind }: Fault,
  situation: Situation,
  input: Record<string, unknown>,
  answer: WireObject,
  turn: number,
): WireObject {
  const isList = listNames.some((name) => name in answer);
  const withoutVictim = () => withRows(answer, (rows) => rows.filter((row) => !isVictim(situation, row)));
  switch (kind) {
    case 'wrong-types':
      return wrongTypes(answer, turn);
    case 'repeat-token':
      return isList ? { ...answer, NextToken: repeatedToken } : answer;
    case 'missing-row':
      return input.InstanceId === undefined ? withoutVictim() : answer;
    case 'vanished-row':
      return withoutVictim();
    case 'empty-sweep': {
      const { NextToken, ...rest } = answer;
      return isList ? withRows(rest, () => []) : answer;
    }
    case 'duplicate-rows':
      return withRows(answer, (rows) => [...rows, ...rows]);
    case 'stale-status':
      return withRows(answer, (rows) => rows.map((row) => older(situation, row, input.Details === true)));
    case 'out-of-order':
      return withRows(answer, (rows) => [
        ...rows,
        ...rows.map((row) => older(situation, row, input.Details === true)),
      ]);
    default:
      return answer;
  }
}

/** The answer, changed by the faults that change answers. `turn` counts the simulator's requests. */
export function distortAnswer(
  faults: readonly Fault[],
  situation: Situation,
  input: Record<string, unknown>,
  answer: WireObject,
  turn: number,
): WireObject {
  let distorted = answer;
  for (const fault of faults) distorted = distort(fault, situation, input, distorted, turn);
  return distorted;
}
