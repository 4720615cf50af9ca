import { SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Rollout } from '../helpers/rollout.ts';
import { openTerminal, type TestTerminal } from '../helpers/terminal.ts';

/** Sends one more command to the simulated account, as the AWS CLI would. */
export async function send({ simulator }: Rollout, comment: string, targets = ['prod']): Promise<void> {
  const client = new SSMClient({
    endpoint: simulator.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });
  await client.send(
    new SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      Comment: comment,
      Parameters: { commands: ['true'] },
      Targets: [{ Key: 'tag:Env', Values: targets }],
    }),
  );
  client.destroy();
}

/** The lines of commands that are visible, from the top. */
export const commandsOn = (screen: readonly string[]) =>
  screen.filter((line) => /^[❯ ] \S \S+ +AWS-/.test(line));

/** The program without a command ID, showing commands. */
export async function openPicker(rollout: Rollout, ...args: string[]): Promise<TestTerminal> {
  const terminal = openTerminal([...rollout.endpoint, ...args]);
  await terminal.waitFor((screen) => commandsOn(screen).length > 1, 'commands');
  return terminal;
}

/** Moves the cursor to the command of that comment, which is on the screen. */
export async function choose(terminal: TestTerminal, comment: string): Promise<void> {
  const place = (screen: readonly string[]) => commandsOn(screen).findIndex((line) => line.startsWith('❯'));
  const wanted = commandsOn(terminal.screen()).findIndex((line) => line.endsWith(comment));
  terminal.write(`g${'j'.repeat(wanted)}`);
  await terminal.waitFor((screen) => place(screen) === wanted, `the cursor on ${comment}`);
}

/** What a terminal that was given back says of itself. */
export const given = (terminal: TestTerminal) =>
  [terminal.onAlternateScreen, terminal.cursorIsShown, terminal.pastesInBrackets] as const;
export const givenBack = [false, true, false] as const;
