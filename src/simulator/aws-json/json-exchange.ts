import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Exchange, ExchangeRecord } from '../exchange.ts';
import type { Fault } from '../faults/faults.ts';
import { type JsonOperation, serviceOf } from '../operations.ts';
import { cancelCommand, getCommandInvocation, sendCommand } from './command-operations.ts';
import { distortAnswer, distortInput } from './distortions.ts';
import { faultError } from './fault-errors.ts';
import { sendJson } from './json-answers.ts';
import { listCommandInvocations, listCommands } from './list-operations.ts';
import { getLogEvents } from './log-operations.ts';
import { describeInstanceInformation } from './node-operations.ts';
import { readRequest } from './request-validation.ts';
import { ServiceError } from './service-error.ts';
import { checkSignature, checkSigningTime, skewMs } from './signatures.ts';
import type { Situation } from './situation.ts';
import type { WireObject } from './wire.ts';

const handlers: Readonly<Record<JsonOperation, (situation: Situation, input: never) => WireObject>> = {
  SendCommand: sendCommand,
  ListCommands: listCommands,
  ListCommandInvocations: listCommandInvocations,
  GetCommandInvocation: getCommandInvocation,
  CancelCommand: cancelCommand,
  DescribeInstanceInformation: describeInstanceInformation,
  GetLogEvents: getLogEvents,
};

const targetPrefixes = { ssm: 'AmazonSSM', logs: 'Logs_20140328' } as const;

/** By the X-Amz-Target that names them. */
const targets = new Map(
  (Object.keys(handlers) as JsonOperation[]).map((operation) => [
    `${targetPrefixes[serviceOf(operation)]}.${operation}`,
    operation,
  ]),
);

const maxBodyBytes = 1_048_576;

/** @throws ServiceError when it is larger than AWS takes */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes)
      throw new ServiceError('RequestEntityTooLarge', 'Request is too large.', { status: 413 });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

/** @throws ServiceError UnknownOperationException */
function operationOf({ method, url, headers }: IncomingMessage): JsonOperation {
  const isCall =
    method === 'POST' && url === '/' && headers['content-type']?.startsWith('application/x-amz-json-1.1');
  const known = targets.get(String(headers['x-amz-target']));
  if (!isCall || known === undefined) throw new ServiceError('UnknownOperationException');
  return known;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Answers one call of SSM or CloudWatch Logs. */
export async function exchangeJson(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<ExchangeRecord> {
  const { account, now, seed, pagingTricks } = exchange;
  response.setHeader('x-amzn-RequestId', exchange.requestId);
  let operation: JsonOperation | undefined;
  let body = '';
  let faults: readonly Fault[] = [];
  let outcome: WireObject | ServiceError;
  try {
    body = await bodyOf(request);
    operation = operationOf(request);
    checkSignature(request.headers.authorization, serviceOf(operation));
    faults = exchange.strike(operation);
    if (faults.some(({ kind }) => kind === 'skewed-clock')) {
      response.setHeader('date', new Date(now + skewMs).toUTCString());
      checkSigningTime(String(request.headers['x-amz-date']), now + skewMs);
    }
    const called = operation;
    const error = faults.map((fault) => faultError(fault, called)).find((found) => found !== undefined);
    if (error !== undefined) throw error;
    const input = distortInput(faults, readRequest(operation, body));
    const situation = { account, now, seed, pagingTricks };
    const result = handlers[operation](situation, input as never);
    outcome = distortAnswer(faults, situation, input, result, exchange.turn());
  } catch (error) {
    // Anything else is a mistake in the simulator: better seen in the answer than hidden.
    outcome =
      error instanceof ServiceError
        ? error
        : new ServiceError('InternalFailure', String(error), { status: 500 });
  }
  return { operation, input: parsed(body), status: sendJson(response, outcome, faults) };
}
