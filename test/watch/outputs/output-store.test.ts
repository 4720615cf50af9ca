import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/domain/text-region.ts';
import type { OutputReaders } from '../../../src/watch/outputs/output-readers.ts';
import { mostKept } from '../../../src/watch/outputs/stream-readers.ts';
import { invocation, plugin } from '../../helpers/fixtures.ts';
import { denied, inBucket, OneLogStream, OneObject } from '../../helpers/output-sources.ts';
import { cut, deny, inS3, rowOf, settled, silence, storeOf, textsOf } from '../../helpers/output-store.ts';

describe('an output that is looked at', () => {
  it('is read once for both streams, and told to who listens', async () => {
    const { store, asked, told } = storeOf({});
    const row = rowOf({});
    store.look(row, 0, 'start');
    store.look(row, 0, 'start');
    expect(store.reading(row, 0)).toMatchObject({ busy: true });
    expect(textsOf(store.reading(row, 0))?.[0]).toBe('ListCommandInvocations: some of it');
    await settled();
    expect(textsOf(store.reading(row, 0))).toEqual([
      'GetCommandInvocation: all of it',
      'GetCommandInvocation: oops',
    ]);
    expect(store.reading(row, 0)).toMatchObject({ busy: false, notices: [], stderr: { truncated: true } });
    store.look(row, 0, 'start');
    store.look(row, 0, 'end');
    expect(asked).toEqual(['GetCommandInvocation aws:runShellScript']);
    expect(told()).toBe(2);
    expect(store.getSnapshot()).toBe(2);
  });

  it.each([
    ['AWS cut nothing', [plugin({ output: 'all' })], 0, true],
    ['the step goes on', [plugin({ status: 'InProgress', output: cut })], 0, true],
    ['there is no such plugin', [], 3, false],
  ])('is not read where %s', (_, plugins, index, isListed) => {
    const { store, asked } = storeOf({});
    store.look(invocation({ plugins }), index, 'start');
    expect(asked).toEqual([]);
    expect(store.reading(invocation({ plugins }), index) !== null).toBe(isListed);
  });

  it.each<[string, Partial<OutputReaders>, string[], string[]]>([
    ['S3', { readObject: new OneObject('from S3').read }, ['S3: from S3', 'S3: from S3'], []],
    [
      'CloudWatch Logs, S3 being denied',
      { readObject: deny, readEvents: new OneLogStream(['from the logs'], 9).read },
      ['CloudWatch Logs: from the logs', 'CloudWatch Logs: from the logs'],
      ['S3 could not be read: denied'],
    ],
    [
      'GetCommandInvocation, both being denied',
      { readObject: deny, readEvents: deny },
      ['GetCommandInvocation: all of it', 'GetCommandInvocation: oops'],
      ['S3 could not be read: denied', 'CloudWatch Logs could not be read: denied'],
    ],
    [
      'the list, all being denied',
      { readObject: deny, readEvents: deny, readPluginOutput: deny },
      ['ListCommandInvocations: some of it', 'ListCommandInvocations: oops'],
      [
        'S3 could not be read: denied',
        'CloudWatch Logs could not be read: denied',
        'GetCommandInvocation could not be read: denied',
      ],
    ],
    [
      'the list, GetCommandInvocation having nothing yet',
      { readObject: deny, readEvents: deny, readPluginOutput: async () => silence },
      ['ListCommandInvocations: some of it', 'ListCommandInvocations: oops'],
      [
        'S3 could not be read: denied',
        'CloudWatch Logs could not be read: denied',
        'GetCommandInvocation has nothing of stdout yet',
        'GetCommandInvocation has nothing of stderr yet',
      ],
    ],
    [
      'GetCommandInvocation, nothing being there yet',
      {},
      ['GetCommandInvocation: all of it', 'GetCommandInvocation: oops'],
      [
        'S3 has no object of stdout yet: logs/stdout',
        'CloudWatch Logs has nothing of stdout yet; the agent uploads every 30 s',
        'S3 has no object of stderr yet: logs/stderr',
        'CloudWatch Logs has nothing of stderr yet; the agent uploads every 30 s',
      ],
    ],
  ])('comes from the best source: %s', async (_, readers, texts, notices) => {
    const { store } = storeOf(readers);
    const row = rowOf({ outputLocation: inBucket }, { logGroup: '/ssm' });
    store.look(row, 0, 'start');
    await settled();
    expect(textsOf(store.reading(row, 0))).toEqual(texts);
    expect(store.reading(row, 0)?.notices).toEqual(notices);
  });

  it('is asked for once of GetCommandInvocation also where that is denied', async () => {
    const { store, asked } = storeOf({ readPluginOutput: deny });
    store.look(rowOf({}), 0, 'start');
    await settled();
    expect(asked).toHaveLength(1);
  });

  it.each(['no object', 'denied'])(
    'misses nothing of a stream on which the step was silent: %s',
    async (how) => {
      const silent = rowOf({ output: 'only stdout', outputLocation: inBucket });
      const { store } = storeOf({
        readObject: async ({ key }) => {
          if (key === 'stdout') return { bytes: new Uint8Array([97]), from: 0, total: 1 };
          if (how === 'denied') throw denied;
          return null;
        },
      });
      store.look(silent, 0, 'start');
      await settled();
      expect(store.reading(silent, 0)?.notices).toEqual([]);
      expect(textsOf(store.reading(silent, 0))?.[0]).toBe('S3: a');
    },
  );

  it('is read anew when the list says something else of it', async () => {
    const { store, asked } = storeOf({});
    store.look(rowOf({}), 0, 'start');
    await settled();
    store.look(rowOf({ output: `more ${cut}` }), 0, 'start');
    expect(store.reading(rowOf({}), 0)).toMatchObject({ busy: true });
    expect(textsOf(store.reading(rowOf({}), 0))?.[0]).toBe('GetCommandInvocation: all of it');
    await settled();
    expect(asked).toHaveLength(2);
  });
});

describe('the end of an output', () => {
  const object = new OneObject(Array.from({ length: 200_000 }, (_, index) => `line ${index}`).join('\n'));

  it('is read when one looks at it, and the beginning again after', async () => {
    const { store } = storeOf({ readObject: object.read });
    store.look(inS3, 0, 'start');
    await settled();
    expect(store.reading(inS3, 0)?.stdout).toMatchObject({ moreBefore: false, moreAfter: true });
    store.look(inS3, 0, 'end');
    expect(store.reading(inS3, 0)?.busy).toBe(true);
    await settled();
    expect(store.reading(inS3, 0)?.stdout).toMatchObject({ moreBefore: true, moreAfter: false });
    expect(textsOf(store.reading(inS3, 0))?.[0]).toMatch(/line 199999$/);
    store.look(inS3, 0, 'start');
    await settled();
    expect(textsOf(store.reading(inS3, 0))?.[0]).toMatch(/^S3: line 0\n/);
  });

  it('is not read again where it is there', async () => {
    const { store, asked } = storeOf({ readObject: new OneObject('small').read });
    for (const end of ['start', 'end', 'start'] as const) {
      store.look(inS3, 0, end);
      await settled();
    }
    expect(asked).toEqual(['S3 stdout', 'S3 stderr']);
  });

  it('can be asked for while the beginning is still being read', async () => {
    const { store } = storeOf({ readObject: object.read });
    store.look(inS3, 0, 'start');
    store.look(inS3, 0, 'end');
    await settled();
    expect(store.reading(inS3, 0)?.stdout).toMatchObject({ moreBefore: true, moreAfter: false });
  });
});

describe('many outputs', () => {
  it('are kept up to ten, the last ones', async () => {
    const { store } = storeOf({});
    const rows = Array.from({ length: 12 }, (_, index) => ({ ...rowOf({}), instanceId: `i-${index}` }));
    for (const row of rows) {
      store.look(row, 0, 'start');
      await settled();
    }
    const sources = rows.map((row) => store.reading(row, 0)?.stdout.source);
    expect(sources.slice(0, 2)).toEqual(['ListCommandInvocations', 'ListCommandInvocations']);
    expect(sources.slice(2)).toEqual(Array(10).fill('GetCommandInvocation'));
  });

  it('take no more than so much memory', async () => {
    const object = new OneObject('x'.repeat(99).concat('\n').repeat(90_000));
    const { store } = storeOf({ readObject: object.read });
    const rows = Array.from({ length: 5 }, (_, index) => ({ ...inS3, instanceId: `i-${index}` }));
    const kept = () =>
      rows
        .flatMap((row) => [store.reading(row, 0)?.stdout, store.reading(row, 0)?.stderr])
        .reduce((sum, stream) => sum + (stream?.source === 'S3' ? sizeOf(stream.region) : 0), 0);
    for (const row of rows) {
      store.look(row, 0, 'start');
      await settled();
      for (let part = 0; part < 20; part += 1) {
        store.extend('stdout', 'after');
        await settled();
        store.extend('stderr', 'after');
        await settled();
      }
      // What is looked at, and two streams' worth of the others.
      expect(kept()).toBeLessThanOrEqual(4 * mostKept);
    }
    expect(kept()).toBeGreaterThan(mostKept);
  });
});
