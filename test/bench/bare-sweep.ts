/** The peer that is always there: one sweep with the SDK's own paginator, and nothing else. Given the endpoint's URL. */
import { paginateListCommandInvocations, SSMClient } from '@aws-sdk/client-ssm';
import { commandId } from './standing-rollout.ts';

const client = new SSMClient({
  endpoint: process.argv[2] ?? '',
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
});
let rows = 0;
for await (const page of paginateListCommandInvocations(
  { client },
  { CommandId: commandId, Details: true },
)) {
  rows += page.CommandInvocations?.length ?? 0;
}
process.stdout.write(`${rows}\n`);
