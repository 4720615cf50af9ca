import { SendCommandCommand } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { finishedRollout, type Rollout } from '../helpers/rollout.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { clientOf } from '../simulator/fixtures.ts';

const secret = 'hunter2';

/** Sends a command with all that can be said, to one instance. Gives its ID. */
async function sendWithEverything({ simulator }: Rollout): Promise<string> {
  const client = clientOf(simulator);
  try {
    const { Command } = await client.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: [`export TOKEN=${secret}`, 'uptime'] },
        Targets: [
          {
            Key: 'InstanceIds',
            Values:
              simulator
                .truth()
                ?.invocations.slice(0, 1)
                .map((row) => row.instanceId) ?? [],
          },
        ],
        OutputS3BucketName: 'acme-output',
        OutputS3KeyPrefix: 'runs',
        CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
        ServiceRoleArn: 'arn:aws:iam::123456789012:role/notify',
        NotificationConfig: {
          NotificationArn: 'arn:aws:sns:eu-west-1:123456789012:runs',
          NotificationEvents: ['All'],
          NotificationType: 'Command',
        },
        AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
      }),
    );
    return Command?.CommandId ?? '';
  } finally {
    client.destroy();
  }
}

test.each([
  [80, 24],
  [200, 60],
])('a shows what else AWS gave, and P the parameters, at %i×%i', async (columns, rows) => {
  await using rollout = await finishedRollout();
  const commandId = await sendWithEverything(rollout);
  rollout.clock.advance(200_000);
  using terminal = openTerminal([...rollout.endpoint, commandId], { columns, rows });
  await terminal.waitFor(/SUCCESS|FAILURE/, 'the end');
  terminal.write('\r');
  await terminal.waitFor(/F follow/, 'the output');
  terminal.write('a');
  const first = await terminal.waitFor(/Fields of i-/, 'the fields of the invocation');
  expect(first.join('\n')).toContain('arn:aws:sns:eu-west-1:123456789012:runs');
  terminal.write('G');
  const end = await terminal.waitFor(/\d+–(\d+) of \1$/m, 'the last of them');
  const together = end.map((line) => line.trim()).join('');
  expect(together).toContain(`acme-output/runs/${commandId}/`);
  terminal.write('a');
  await terminal.waitFor(/Fields of the command .*P shows them.*errors/s, 'the fields of the command');
  terminal.write('y');
  await terminal.waitFor(/copied the fields/, 'that they are copied');
  const copied = [...terminal.output.matchAll(/\]52;c;([A-Za-z0-9+/=]*)/g)].at(-1)?.[1] ?? '';
  expect(Buffer.from(copied, 'base64').toString()).toMatch(/^TimeoutSeconds: 3600$/m);
  expect(Buffer.from(copied, 'base64').toString() + terminal.output).not.toContain(secret);
  terminal.write('P');
  await terminal.waitFor(new RegExp(`^ commands +export TOKEN=${secret}$`, 'm'), 'the parameters');
  terminal.write('\u001b');
  await terminal.waitFor(/F follow/, 'the output');
  terminal.write('qq');
  await terminal.exit;
  // The screen is gone, and what is left behind does not have them.
  expect(terminal.scrollback()).not.toContain(secret);
});
