import { GetObjectCommand, type GetObjectCommandInput } from '@aws-sdk/client-s3';
import {
  ListCommandInvocationsCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
} from '@aws-sdk/client-ssm';
import { type ManualClock, manualClock } from '../../../src/simulator/model/clock.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { clientOf, s3ClientOf, sentAt, signedFor } from '../fixtures.ts';

/** Where the list says that an output is. */
interface Place {
  readonly region: string;
  readonly Bucket: string;
  readonly Key: string;
}

/** A simulator, and commands that put their output into a bucket. */
export class SentOutput {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly instanceId: string;

  constructor(simulator: Simulator, clock: ManualClock) {
    this.simulator = simulator;
    this.clock = clock;
    this.instanceId = simulator.truth()?.invocations[0]?.instanceId ?? '';
  }

  static async open(): Promise<SentOutput> {
    const clock = manualClock(sentAt);
    return new SentOutput(await startSimulator({ scenario: 'healthy', instances: 4, clock }), clock);
  }

  /** Sends a script to the first instance with a bucket, unless told otherwise. */
  async send(input: Partial<SendCommandCommandInput> = {}): Promise<string> {
    const command = new SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      Parameters: { commands: ['uptime'] },
      InstanceIds: [this.instanceId],
      OutputS3BucketName: 'acme-output',
      ...input,
    });
    return (await clientOf(this.simulator).send(command)).Command?.CommandId ?? '';
  }

  /** Of each step of the first row: where stdout and stderr are. */
  async places(CommandId: string): Promise<{ stdout: Place; stderr: Place }[]> {
    const command = new ListCommandInvocationsCommand({ CommandId, Details: true });
    const [row] = (await clientOf(this.simulator).send(command)).CommandInvocations ?? [];
    return (row?.CommandPlugins ?? []).map(({ StandardOutputUrl = '', StandardErrorUrl = '' }) => ({
      stdout: placeOf(StandardOutputUrl),
      stderr: placeOf(StandardErrorUrl),
    }));
  }

  /** Sends, waits for the end, and tells of each step what it wrote, and of the first one where that is. */
  async finished(input: Partial<SendCommandCommandInput> = {}) {
    const commandId = await this.send(input);
    this.clock.advance(60_000);
    const outputs =
      this.simulator.truth(commandId)?.invocations[0]?.steps.map(({ output }) => output()) ?? [];
    const places = await this.places(commandId);
    const [first] = places;
    const [output] = outputs;
    if (first === undefined || output === undefined) throw new Error('a command without a step');
    return { commandId, places, outputs, ...first, written: output.stdout };
  }

  get({ Bucket, Key, ...input }: Partial<GetObjectCommandInput>, region?: string) {
    return s3ClientOf(this.simulator, region).send(new GetObjectCommand({ Bucket, Key, ...input }));
  }

  async textOf(input: Partial<GetObjectCommandInput>): Promise<string | undefined> {
    return (await this.get(input)).Body?.transformToString();
  }

  /** The answer to a bare request that is signed for S3, for what the SDK would hide. */
  bare(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    const signed = { authorization: signedFor('s3'), ...headers };
    return fetch(`${this.simulator.url}${path}`, { method, redirect: 'manual', headers: signed });
  }
}

function placeOf(url: string): Place {
  const [, region = '', Bucket = '', Key = ''] =
    /^https:\/\/s3\.([\w-]+)\.amazonaws\.com\/([^/]+)\/(.+)$/.exec(url) ?? [];
  return { region, Bucket, Key };
}

/** The path of a request for it. */
export const pathOf = ({ Bucket, Key }: Place): string => `/${Bucket}/${Key}`;
