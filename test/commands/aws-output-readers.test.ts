import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { StreamName } from '../../src/domain/output-location.ts';
import type { FaultKind } from '../../src/simulator/faults/faults.ts';
import type { Operation } from '../../src/simulator/operations.ts';
import type { OutputReaders } from '../../src/watch/outputs/output-readers.ts';
import { readWholeStreams } from '../../src/watch/outputs/whole-streams.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { SimulatedOutputs, toBucket, toLogs } from '../helpers/simulated-outputs.ts';
import { Look } from './look.ts';

isolateAwsEnvironment();

const { signal } = new AbortController();
const opened: SimulatedOutputs[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

async function open(...query: Parameters<typeof SimulatedOutputs.open>): Promise<SimulatedOutputs> {
  const account = await SimulatedOutputs.open(...query);
  opened.push(account);
  return account;
}

/** Everything of a stream as it is saved, and where it is from. */
async function saved({ readers }: SimulatedOutputs, row: Invocation, stream: StreamName) {
  const { source, truncated, note, bytes } = (await readWholeStreams(row, 0, readers, signal))[stream];
  return { source, truncated, note, text: (await buffer(bytes)).toString() };
}

/** A step that wrote more on both streams than GetCommandInvocation gives, and sent it to S3 and to the logs. */
async function sentToAllPlaces() {
  const account = await open({ scenario: 's3' });
  const [instanceId = ''] = account.instancesThat((stdout, isHuge) => !isHuge && stdout.length > 30_000);
  const commandId = await account.send(instanceId, { ...toBucket, ...toLogs });
  account.clock.advance(60_000);
  const step = account.simulator.truth(commandId)?.invocations[0]?.steps[0];
  const { stdout = '' } = step?.output() ?? {};
  return { account, row: await account.row(commandId), stdout, stderr: step?.output().stderr ?? '' };
}

const best = [
  { source: 'S3', operation: 'GetObject', action: 's3:GetObject' },
  { source: 'CloudWatch Logs', operation: 'GetLogEvents', action: 'logs:GetLogEvents' },
  { source: 'GetCommandInvocation', operation: 'GetCommandInvocation', action: 'ssm:GetCommandInvocation' },
  { source: 'ListCommandInvocations', operation: null, action: '' },
] as const;

describe('the sources of an output, one permission lost after the other', () => {
  it('are taken from the best to the last, each loss being told once, with its IAM action', async () => {
    const { account, row, stdout } = await sentToAllPlaces();
    for (const [lost, { source, operation }] of best.entries()) {
      const look = new Look(account.readers, row);
      const reading = await look.from('start');
      expect([reading.stdout.source, reading.stderr.source]).toEqual([source, source]);
      expect(reading.notices).toHaveLength(lost);
      for (const [index, notice] of reading.notices.entries()) {
        expect(notice).toMatch(new RegExp(`^${best[index]?.source} could not be read: access denied: `));
        expect(notice).toContain(`the IAM action ${best[index]?.action} is not allowed`);
      }
      const shown = look.text('stdout');
      expect(stdout.trimEnd().startsWith(shown.trimEnd()), source).toBe(true);
      const whole = lost < 2;
      expect(shown.trimEnd() === stdout.trimEnd()).toBe(whole);
      expect(reading.stdout.truncated).toBe(!whole);
      if (operation) account.simulator.addFault({ operation, kind: 'access-denied' });
    }
  });

  it('are taken in the same order for what is saved, with the losses in the note', async () => {
    const { account, row, stdout, stderr } = await sentToAllPlaces();
    for (const [lost, { source, operation }] of best.entries()) {
      const file = await saved(account, row, 'stdout');
      expect(file).toMatchObject({ source, truncated: lost >= 2 });
      for (const { action } of best.slice(0, lost)) {
        expect(file.note?.split(`the IAM action ${action} is not allowed`)).toHaveLength(2);
      }
      if (lost === 0) expect(file.note).toBeNull();
      if (lost < 2) expect(file.text).toBe(stdout);
      else expect(stdout.startsWith(file.text)).toBe(true);
      if (lost < 2) expect((await saved(account, row, 'stderr')).text).toBe(stderr);
      if (operation) account.simulator.addFault({ operation, kind: 'access-denied' });
    }
  });

  it('come back when the permission does and somebody looks again', async () => {
    const { account, row } = await sentToAllPlaces();
    const allow = account.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
    const look = new Look(account.readers, row);
    expect((await look.from('start')).stdout.source).toBe('CloudWatch Logs');
    allow();
    look.store.lookAway();
    expect(await look.from('start')).toMatchObject({ notices: [], stdout: { source: 'S3' } });
  });

  it.each<[Operation, FaultKind, string]>([
    ['GetObject', 'wrong-region', 'S3 could not be read: the bucket acme-output is in another region'],
    ['GetObject', '500', 'S3 could not be read: GetObject: AWS failed with HTTP 500'],
    ['GetObject', 'throttle', 'S3 could not be read: GetObject: AWS throttles'],
    ['GetObject', 'reset', 'S3 could not be read: GetObject: '],
    ['GetObject', 'html', 'S3 could not be read: '],
  ])('are passed over when %s ends in %s, in one line', async (operation, kind, notice) => {
    const { account, row } = await sentToAllPlaces();
    account.simulator.addFault({ operation, kind });
    const reading = await new Look(account.readers, row).from('start');
    expect(reading.stdout.source).toBe('CloudWatch Logs');
    expect(reading.notices).toHaveLength(1);
    expect(reading.notices[0]).toContain(notice);
    expect(reading.notices[0]).not.toContain('\n');
  });

  it.each<FaultKind>(['500', 'throttle', 'reset', 'html', 'cut-json'])(
    'are passed over when GetLogEvents ends in %s',
    async (kind) => {
      const { account, row } = await sentToAllPlaces();
      account.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
      account.simulator.addFault({ operation: 'GetLogEvents', kind });
      const reading = await new Look(account.readers, row).from('start');
      expect(reading.stdout.source).toBe('GetCommandInvocation');
      expect(reading.notices).toEqual([
        expect.stringContaining('s3:GetObject'),
        expect.stringMatching(/^CloudWatch Logs could not be read: GetLogEvents: [^\n]+$/),
      ]);
    },
  );
});

describe('an output that is not there yet', () => {
  it('is awaited in S3 after the end, and taken from there once it is', async () => {
    const { account, row, stdout } = await sentToAllPlaces();
    let uploaded = false;
    const late: OutputReaders = {
      ...account.readers,
      readObject: async (...query) => (uploaded ? account.readers.readObject(...query) : null),
      readEvents: async () => null,
    };
    const look = new Look(late, row);
    const before = await look.from('start');
    expect(before.stdout.source).toBe('GetCommandInvocation');
    expect(before.notices.filter((line) => line.startsWith('S3 has no object of stdout yet'))).toHaveLength(
      1,
    );
    uploaded = true;
    const after = await look.after(() => look.pauses.end());
    expect(after.notices).toEqual([]);
    expect(after.stdout.source).toBe('S3');
    expect(look.text('stdout').trimEnd()).toBe(stdout.trimEnd());
  });

  it('is not asked for in S3 while the step runs, and is once it has ended', async () => {
    const account = await open({ scenario: 's3' }, 1.5);
    const running = (await account.rows()).find(({ status }) => status === 'InProgress');
    if (!running) throw new Error('nothing runs');
    expect(await new Look(account.readers, running).from('start')).toMatchObject({
      notices: [],
      stdout: { source: 'ListCommandInvocations' },
    });
    expect(account.requests('GetObject')).toEqual([]);
    account.clock.advance(120_000);
    const ended = await account.row(undefined, running.instanceId);
    expect((await new Look(account.readers, ended).from('start')).stdout.source).toBe('S3');
  });

  it('has no log stream in the first seconds, one line says so, and then grows by itself', async () => {
    const ended = await open({ scenario: 'logs' }, 600);
    const [instanceId = ''] = ended.instancesThat((text) => text.startsWith('Draining'));
    const account = await open({ scenario: 'logs' }, 5);
    const row = await account.row(undefined, instanceId);
    expect(row.status).toBe('InProgress');
    const look = new Look(account.readers, row);
    expect((await look.from('end')).notices).toEqual([
      'CloudWatch Logs has nothing of stdout yet; the agent uploads every 30 s',
      'CloudWatch Logs has nothing of stderr yet; the agent uploads every 30 s',
    ]);
    const lengths: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      account.clock.advance(31_000);
      const reading = await look.after(() => look.pauses.end());
      expect(reading).toMatchObject({ notices: [], stdout: { source: 'CloudWatch Logs' } });
      lengths.push(look.text('stdout').length);
    }
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
    expect(new Set(lengths).size).toBe(3);
    const written = ended.simulator.truth()?.invocations.find((one) => one.instanceId === instanceId);
    expect(look.text('stdout').length).toBeGreaterThan(1000);
    expect(written?.steps[0]?.output().stdout.startsWith(look.text('stdout'))).toBe(true);
  });

  it('is a line about the region in the words of the bucket, and signed there where the command says it', async () => {
    const account = await open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((stdout, isHuge) => !isHuge && stdout.length > 30_000);
    const elsewhere = { ...toBucket, OutputS3Region: 'us-west-2' };
    const commandId = await account.send(instanceId, elsewhere);
    account.clock.advance(60_000);
    expect(await new Look(account.readers, await account.row(commandId)).from('start')).toMatchObject({
      notices: [],
      stdout: { source: 'S3' },
    });
    account.simulator.addFault({ operation: 'GetObject', kind: 'wrong-region' });
    const moved = await new Look(account.readers, await account.row(commandId)).from('start');
    expect(moved.stdout.source).toBe('GetCommandInvocation');
    expect(moved.notices).toEqual([
      'S3 could not be read: the bucket acme-output is in another region, ap-southeast-2',
    ]);
  });
});
