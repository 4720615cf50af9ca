/**
 * The endpoint of the benchmarks, in a process of its own so that it takes no time from what is measured: it answers
 * with pages that were serialised before. Started by endpoint.ts with the number of rows; tells its port, and its counts
 * to whoever asks with GET.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StandingRollout } from './standing-rollout.ts';

interface Request {
  readonly NextToken?: string;
  readonly Details?: boolean;
  readonly InstanceId?: string;
  readonly MaxResults?: number;
  readonly Filters?: readonly { readonly key: string; readonly value: string }[];
}

const rollout = new StandingRollout(Number(process.argv[2]));
rollout.serialise();
const counts = { calls: 0, pages: 0, bytes: 0 };

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify(counts));
    return;
  }
  void text(request).then((body) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = answerOf(operation, JSON.parse(body));
    counts.calls += 1;
    counts.pages += operation === 'ListCommandInvocations' ? 1 : 0;
    counts.bytes += answer.length;
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.1',
      'content-length': answer.length,
      'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
    });
    response.end(answer);
  });
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));

function answerOf(operation: string, request: Request): Buffer {
  switch (operation) {
    case 'ListCommandInvocations': {
      const query = {
        details: request.Details === true,
        status: request.Filters?.find(({ key }) => key === 'Status')?.value ?? null,
        instanceId: request.InstanceId ?? null,
        pageSize: request.MaxResults ?? 50,
      };
      return rollout.page(query, request.NextToken ?? null);
    }
    case 'ListCommands':
      return rollout.command();
    case 'GetCommandInvocation':
      return rollout.invocation(request.InstanceId ?? '');
    default:
      return Buffer.from('{"InstanceInformationList":[]}');
  }
}
