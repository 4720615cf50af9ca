import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OutputSaver } from '../../src/commands/output-saver.ts';
import { isTerminal } from '../../src/domain/status.ts';
import { fileName } from '../../src/output/saving/save-folder.ts';
import type { IndexedFile, SaveIndex } from '../../src/output/saving/save-index.ts';
import type { Clocks } from '../../src/watch/clocks.ts';
import type { OutputReaders } from '../../src/watch/outputs/output-readers.ts';
import { rangeLength } from '../../src/watch/outputs/stream-readers.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { TemporaryFolder } from '../helpers/environment.ts';
import { filesBelow } from '../helpers/save-fixtures.ts';
import { SimulatedOutputs, toBucket } from '../helpers/simulated-outputs.ts';

isolateAwsEnvironment();

let current: TemporaryFolder;

beforeEach(() => {
  current = new TemporaryFolder();
  vi.spyOn(process, 'cwd').mockReturnValue(current.path);
});
afterEach(() => {
  vi.restoreAllMocks();
  current[Symbol.dispose]();
});

/** Clocks of which the steady one stands: no progress but that of instances is told. */
const clocksOf = (awsTime: () => number): Clocks => ({ awsTime, monotonic: () => 0 });

const saverOf = ({ readers, clock }: SimulatedOutputs, signal = new AbortController().signal) =>
  new OutputSaver(readers, clocksOf(clock.now), signal);

const folderOf = (commandId: string) => join(current.path, `ssm-watch-${commandId}`);
const indexOf = (commandId: string): SaveIndex =>
  JSON.parse(readFileSync(join(folderOf(commandId), 'index.json'), 'utf8'));

/** What the index says of each file, by the file's path in the command's folder. */
function filesIn({ instances }: SaveIndex): Map<string, IndexedFile> {
  return new Map(
    instances.flatMap(({ folder, plugins }) =>
      plugins.flatMap(({ files }) => files.map((file) => [join(folder, file.name), file] as const)),
    ),
  );
}

/** What the steps of a command really wrote, by the paths that the files get. */
function written({ simulator }: SimulatedOutputs, commandId: string): Map<string, string> {
  return new Map(
    (simulator.truth(commandId)?.invocations ?? []).flatMap(({ instanceId, steps }) =>
      steps.flatMap(({ name, output }, index) => {
        const path = join(instanceId, `${index + 1}-${fileName(name)}`);
        const { stdout, stderr } = output();
        return [
          [`${path}.stdout`, stdout],
          [`${path}.stderr`, stderr],
        ] as const;
      }),
    ),
  );
}

const resultsOf = (files: Iterable<IndexedFile>) => {
  const results = { saved: 0, skipped: 0, running: 0, 'not-run': 0, failed: 0 };
  for (const { result } of files) results[result] += 1;
  return results;
};

describe('the outputs of 500 instances', () => {
  it('survive what fails half-way; what failed is saved the next time, and nothing else', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 'bad', instances: 500 });
    const commandId = await account.send('', {
      ...toBucket,
      InstanceIds: undefined,
      Targets: [{ Key: 'tag:Env', Values: ['prod', 'staging'] }],
      MaxConcurrency: '100%',
      MaxErrors: '100%',
    });
    account.clock.advance(7_200_000);
    const rows = await account.rows(commandId);
    const truth = written(account, commandId);
    expect(rows).toHaveLength(500);

    // Files in the way of some folders: nothing can be saved there.
    const delivered = rows.filter((row) => isTerminal(row) && row.plugins.length > 0);
    const blocked = delivered.filter((_, index) => index % 50 === 25).map(({ instanceId }) => instanceId);
    mkdirSync(folderOf(commandId), { mode: 0o700 });
    for (const id of blocked) writeFileSync(join(folderOf(commandId), id), 'in the way');

    const { addFault } = account.simulator;
    const operation = 'GetObject';
    let allow = () => {};
    const events: Readonly<Record<number, () => void>> = {
      100: () => addFault({ operation, kind: '500', times: 6 }),
      200: () => {
        allow = addFault({ operation, kind: 'access-denied' });
      },
      300: () => allow(),
      400: () => addFault({ operation, kind: 'reset', times: 6 }),
    };
    const lines: string[] = [];
    const first = await saverOf(account).save(rows, (line) => {
      lines.push(line);
      events[lines.length - 1]?.();
    });

    const files = filesIn(indexOf(commandId));
    const results = resultsOf(files.values());
    const failedFiles = [...files].filter(([, { result }]) => result === 'failed');
    expect(new Set(failedFiles.map(([path]) => path.split('/')[0]))).toEqual(new Set(blocked));
    for (const [, { message }] of failedFiles) expect(message).toContain('is not a folder');
    expect(results).toMatchObject({ skipped: 0, failed: failedFiles.length });
    expect(results.running).toBeGreaterThan(0);
    expect(results.saved + results.failed + results.running).toBe(truth.size);
    expect(new Set(files.keys())).toEqual(new Set(truth.keys()));
    expect(indexOf(commandId).instances).toHaveLength(500);
    expect(first.replaceAll(/(\d),(\d)/g, '$1$2')).toMatch(
      new RegExp(
        `^saved ${results.saved} files of ${delivered.length - blocked.length} instances in ./ssm-watch-${commandId} · ${results.running} not over yet · ${results.failed} failed`,
      ),
    );
    expect(lines[0]).toBe('saving: 0 of 500 instances');
    expect(lines).toHaveLength(501);
    expect(lines.at(-1)).toMatch(
      /^saving: 500 of 500 instances · [\d,]+ files · [\d.]+ [kM]B · [\d,]+ failed$/,
    );

    // While S3 was denied the next best was saved, and the index says so; before and after all was had.
    const onDisk = await filesBelow(folderOf(commandId));
    const fromS3 = [...files].filter(([, { source }]) => source === 'S3');
    const instead = [...files].filter(([, { note }]) => note !== null);
    for (const [path] of fromS3) expect(onDisk[path], path).toBe(truth.get(path));
    for (const [, { note, source }] of instead) {
      expect(note).toContain('s3:GetObject');
      expect(source).not.toBe('S3');
    }
    expect(first).toContain(`· ${instead.length} not from their best source, see index.json`);
    expect(fromS3.length).toBeGreaterThan(300);
    expect(instead.length).toBeGreaterThan(80);
    expect(Object.keys(onDisk)).toHaveLength(results.saved + blocked.length + 1);

    for (const id of blocked) rmSync(join(folderOf(commandId), id));
    const asked = account.requests('GetObject').length;
    const second = await saverOf(account).save(rows, () => {});
    expect(second.replaceAll(/(\d),(\d)/g, '$1$2')).toMatch(
      new RegExp(
        `^saved ${results.failed} files of ${blocked.length} instances in ./ssm-watch-\\S+ · ${results.saved} existing skipped · ${results.running} not over yet$`,
      ),
    );
    expect(account.requests('GetObject').length - asked).toBeLessThanOrEqual(results.failed);
    const again = filesIn(indexOf(commandId));
    expect(resultsOf(again.values())).toEqual({
      saved: results.failed,
      skipped: results.saved,
      running: results.running,
      'not-run': 0,
      failed: 0,
    });
    for (const [path, { source, note, bytes }] of fromS3) {
      expect(again.get(path)).toMatchObject({ result: 'skipped', source, note, bytes });
    }
    for (const [path] of failedFiles) {
      expect(readFileSync(join(folderOf(commandId), path), 'utf8')).toBe(truth.get(path));
    }
  });
});

describe('an object that breaks off half-way', () => {
  it('leaves no half of it, and is whole the next time', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 's3' });
    const { commandId } = account.simulator;
    const [huge = ''] = account.instancesThat((_, isHuge) => isHuge);
    const rows = await account.rows();
    let allow = () => {};
    const { readers, clock } = account;
    const thirdRange = 2 * rangeLength;
    const denying: OutputReaders = {
      ...readers,
      readObject: (location, range, signal) => {
        const isMidway = 'from' in range && range.from === thirdRange;
        if (isMidway) allow = account.simulator.addFault({ operation: 'GetObject', kind: 'access-denied' });
        return readers.readObject(location, range, signal);
      },
    };
    // The others are done before it is half-way.
    const hugeLast = rows.toSorted(
      (one, other) => Number(one.instanceId === huge) - Number(other.instanceId === huge),
    );
    const { signal } = new AbortController();
    await saverOf(account).save(hugeLast.slice(0, -1), () => {});
    const first = await new OutputSaver(denying, clocksOf(clock.now), signal).save(hugeLast, () => {});
    const path = join(huge, '1-aws-runShellScript.stdout');
    expect(first).toMatch(/· 1 failed, see index\.json/);
    expect(filesIn(indexOf(commandId)).get(path)).toMatchObject({
      result: 'failed',
      message: expect.stringContaining('s3:GetObject'),
      bytes: null,
    });
    expect(Object.keys(await filesBelow(folderOf(commandId)))).not.toContain(path);
    allow();
    const second = await saverOf(account).save(rows, () => {});
    expect(second).toMatch(/^saved 1 file of 1 instance in .* · \d+ existing skipped$/);
    const saved = readFileSync(join(folderOf(commandId), path));
    expect(saved.length).toBeGreaterThan(49e6);
    expect(filesIn(indexOf(commandId)).get(path)).toMatchObject({ result: 'saved', bytes: saved.length });
  });
});

describe('saving', () => {
  it('is done once at a time, and says so', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 'healthy' });
    const saver = saverOf(account);
    const rows = await account.rows();
    const first = saver.save(rows, () => {});
    expect(await saver.save(rows, () => {})).toBe('not saved: other outputs are still being saved');
    expect(await first).toMatch(/^saved 80 files of 40 instances in /);
    expect(await saver.save(rows, () => {})).toMatch(/^saved nothing in .* · 80 existing skipped$/);
    // Its line was told.
    expect(await saver.settled()).toBeNull();
  });

  it('that is under way when the screen closes is waited for, and tells its line', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 'healthy' });
    const saver = saverOf(account);
    const saving = saver.save(await account.rows(), () => {});
    expect(await saver.settled()).toMatch(/^saved 80 files of 40 instances in /);
    await saving;
  });

  it('that is ended before its first file leaves no folder, and is settled then', async () => {
    await using account = await SimulatedOutputs.open({ scenario: 's3' });
    account.simulator.addFault({ operation: 'GetObject', kind: 'hang' });
    const stop = new AbortController();
    const saver = saverOf(account, stop.signal);
    const saving = saver.save(await account.rows(), () => {});
    await expect.poll(() => account.requests('GetObject').length).toBeGreaterThan(3);
    stop.abort(new Error('left'));
    expect(await saver.settled()).toBe('not saved: interrupted');
    expect(await saving).toBe('not saved: interrupted');
    // Whoever comes later is told too.
    expect(await saver.settled()).toBe('not saved: interrupted');
    expect(existsSync(folderOf(account.simulator.commandId))).toBe(false);
  });
});
