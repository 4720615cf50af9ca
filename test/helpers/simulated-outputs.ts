import { SendCommandCommand, type SendCommandCommandInput, SSMClient } from '@aws-sdk/client-ssm';
import type { Connection } from '../../src/aws/connection.ts';
import { listInvocations } from '../../src/aws/list-invocations.ts';
import { createOutputReaders } from '../../src/commands/aws-output-readers.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { inOneGo } from '../../src/domain/paging.ts';
import { type ManualClock, manualClock } from '../../src/simulator/model/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/server.ts';
import type { OutputReaders } from '../../src/watch/outputs/output-readers.ts';
import { connectTo, staticCredentials } from './connect-to.ts';
import { requestedAt } from './fixtures.ts';

/** The places that a command's output is sent to, as SendCommand names them. */
export const toBucket = { OutputS3BucketName: 'acme-output', OutputS3Region: 'eu-west-1' };
export const toLogs = {
  CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: '/acme/run' },
};

/** A simulated account, and the real readers of outputs that read it over HTTP. Time passes only by its clock. */
export class SimulatedOutputs implements AsyncDisposable {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly connection: Connection;
  readonly readers: OutputReaders;

  constructor(simulator: Simulator, clock: ManualClock) {
    this.simulator = simulator;
    this.clock = clock;
    this.connection = connectTo(simulator.url, { now: clock.now });
    this.readers = createOutputReaders(this.connection);
  }

  /** The scenario, so many seconds after its command was sent. */
  static async open(
    options: Pick<SimulatorOptions, 'scenario'> & Partial<SimulatorOptions>,
    seconds = 120,
  ): Promise<SimulatedOutputs> {
    const clock = manualClock(requestedAt);
    const simulator = await startSimulator({ pagingTricks: false, ...options, clock });
    clock.advance(seconds * 1000);
    return new SimulatedOutputs(simulator, clock);
  }

  /** The instances of the scenario's rollout whose first step writes such a standard output. */
  instancesThat(writes: (stdout: string, isHuge: boolean) => boolean): string[] {
    return (this.simulator.truth()?.invocations ?? []).flatMap(({ instanceId, steps }) => {
      const output = steps[0]?.output();
      return output && writes(output.stdout, output.stdoutTail !== undefined) ? [instanceId] : [];
    });
  }

  /** Sends one more script to an instance. Gives the command's ID. */
  async send(instanceId: string, input: Partial<SendCommandCommandInput>): Promise<string> {
    const client = new SSMClient({
      endpoint: this.simulator.url,
      region: 'eu-west-1',
      credentials: staticCredentials,
    });
    const { Command } = await client.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        Parameters: { commands: ['/opt/acme/bin/verify'] },
        InstanceIds: [instanceId],
        ...input,
      }),
    );
    client.destroy();
    return Command?.CommandId ?? '';
  }

  /** All rows of a command, as the list gives them. */
  async rows(commandId = this.simulator.commandId): Promise<Invocation[]> {
    const query = { commandId, instanceId: null, status: null, details: true, pageSize: 50 };
    const { signal } = new AbortController();
    const rows: Invocation[] = [];
    for await (const page of listInvocations(this.connection, query, inOneGo, signal)) rows.push(...page);
    return rows;
  }

  async row(commandId?: string, instanceId?: string): Promise<Invocation> {
    const rows = await this.rows(commandId);
    const row = instanceId === undefined ? rows[0] : rows.find((one) => one.instanceId === instanceId);
    if (!row) throw new Error('no such invocation');
    return row;
  }

  requests(operation: string): readonly unknown[] {
    return this.simulator.requests.flatMap(({ operation: name, input }) =>
      name === operation ? [input] : [],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.connection.close();
    await this.simulator.close();
  }
}
