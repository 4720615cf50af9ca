import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { StreamName } from '../../src/domain/output-location.ts';
import type { OutputReading } from '../../src/domain/output-reading.ts';
import { sizeOf, textOf } from '../../src/domain/text-region.ts';
import type { FaultKind, Operation } from '../../src/simulator/faults/faults.ts';
import type { OutputReaders } from '../../src/watch/outputs/best-stream.ts';
import { OutputStore } from '../../src/watch/outputs/outputs.ts';
import { mostKept, rangeLength } from '../../src/watch/outputs/stream-readers.ts';
import { readWholeStreams } from '../../src/watch/outputs/whole-streams.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { Pauses } from '../helpers/output-store.ts';
import { SimulatedOutputs, toBucket, toLogs } from '../helpers/simulated-outputs.ts';

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

/** A store of outputs as somebody looks at the first plugin of a row. */
class Look {
  readonly row: Invocation;
  readonly store: OutputStore;
  readonly pauses = new Pauses();

  constructor(readers: OutputReaders, row: Invocation) {
    this.row = row;
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    this.store = new OutputStore(readers, this.pauses.pause, stop.signal);
  }

  get reading(): OutputReading {
    const reading = this.store.reading(this.row, 0);
    if (!reading) throw new Error('no such plugin');
    return reading;
  }

  text(stream: StreamName): string {
    return textOf(this.reading[stream].region);
  }

  /** What there is to read from an end of it, once all that can be read at once is. */
  async from(end: 'start' | 'end'): Promise<OutputReading> {
    this.store.look(this.row, 0, end);
    return this.settled();
  }

  /** What is there after the next answer. */
  async after(ask: () => unknown): Promise<OutputReading> {
    const changed = new Promise<void>((resolve) => {
      const leave = this.store.subscribe(() => {
        leave();
        resolve();
      });
    });
    await ask();
    await changed;
    return this.settled();
  }

  settled(): Promise<OutputReading> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.reading.busy) return;
        leave();
        resolve(this.reading);
      };
      const leave = this.store.subscribe(check);
      check();
    });
  }
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

describe('an object of 50 MB', () => {
  it('is read from both ends in ranges, and no more of it than is looked at', async () => {
    const account = await open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const look = new Look(account.readers, await account.row(undefined, instanceId));
    const start = await look.from('start');
    const { total } = start.stdout;
    expect(total).toBeGreaterThan(49e6);
    expect(start.stdout).toMatchObject({ source: 'S3', moreBefore: false, moreAfter: true });
    expect(look.text('stdout')).toMatch(/^Reindexing on /);
    const end = await look.from('end');
    expect(end.stdout).toMatchObject({ moreBefore: true, moreAfter: false, total });
    expect(look.text('stdout').trimEnd().split('\n').at(-1)).toMatch(/ doc=\d{9} .* sum=[0-9a-f]{16}$/);
    await look.after(() => look.store.extend('stdout', 'before'));
    await look.from('start');
    expect(look.text('stdout')).toMatch(/^Reindexing on /);
    for (let ranges = 0; ranges < 20; ranges += 1) {
      const { stdout } = await look.after(() => look.store.extend('stdout', 'after'));
      expect(sizeOf(stdout.region)).toBeLessThanOrEqual(mostKept);
    }
    const ranges = account
      .requests('GetObject')
      .flatMap((input) => (isRange(input) && /stdout$/.test(input.key) ? [input.range] : []));
    expect(ranges).toHaveLength(24);
    expect(ranges[0]).toBe(`bytes=0-${rangeLength - 1}`);
    expect(ranges[1]).toBe(`bytes=-${rangeLength}`);
    for (const range of ranges) {
      const [, from, to] = /^bytes=(\d*)-(\d+)$/.exec(range) ?? [];
      const length = from === '' ? Number(to) : Number(to) - Number(from) + 1;
      expect(length).toBeLessThanOrEqual(rangeLength);
    }
  });

  it('keeps what was read when the permission is lost on the way', async () => {
    const account = await open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const look = new Look(account.readers, await account.row(undefined, instanceId));
    await look.from('start');
    const before = look.reading.stdout.region;
    const allow = account.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
    const lost = await look.after(() => look.store.extend('stdout', 'after'));
    expect(lost.stdout.region).toBe(before);
    expect(lost.notices).toEqual([expect.stringContaining('s3:GetObject')]);
    allow();
    await look.pauses.end();
    const found = await look.after(() => look.store.extend('stdout', 'after'));
    expect(found.notices).toEqual([]);
    expect(sizeOf(found.stdout.region)).toBeGreaterThan(sizeOf(before));
  });

  it('is saved whole, in a few large ranges', async () => {
    const account = await open({ scenario: 's3' });
    const [instanceId = ''] = account.instancesThat((_, isHuge) => isHuge);
    const row = await account.row(undefined, instanceId);
    const { stdout } = await readWholeStreams(row, 0, account.readers, signal);
    let bytes = 0;
    let largest = 0;
    for await (const piece of stdout.bytes) {
      bytes += piece.length;
      largest = Math.max(largest, piece.length);
    }
    const look = new Look(account.readers, row);
    expect(bytes).toBe((await look.from('start')).stdout.total);
    expect(largest).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});

/** What the simulator keeps of a GetObject. */
function isRange(input: unknown): input is { key: string; range: string } {
  return (
    typeof input === 'object' &&
    input !== null &&
    'key' in input &&
    typeof input.key === 'string' &&
    'range' in input &&
    typeof input.range === 'string'
  );
}
