import { describe, expect, it } from 'vitest';
import { denied, inBucket, OneObject } from '../../helpers/output-sources.ts';
import { deny, gist, listed, settled, storeOf, textsOf } from '../../helpers/output-store.ts';

describe('an output of which only the gist is kept', () => {
  const kept = 'of this output only the telling line is kept; the rest is read again';

  it('is read from the list again, and says so until then', async () => {
    const { store, asked } = storeOf({});
    expect(store.reading(gist, 0)).toMatchObject({ notices: [kept], busy: false });
    store.look(gist, 0, 'start');
    expect(store.reading(gist, 0)).toMatchObject({ notices: [kept], busy: true });
    await settled();
    expect(asked).toEqual(['ListCommandInvocations aws:runShellScript']);
    expect(store.reading(gist, 0)).toMatchObject({ notices: [], busy: false });
    expect(textsOf(store.reading(gist, 0))).toEqual([
      'ListCommandInvocations: all that was listed',
      'ListCommandInvocations: oops',
    ]);
  });

  it('says why it cannot be read, and is asked for again when it is looked at next', async () => {
    const { store, asked } = storeOf({ readListedOutput: deny });
    store.look(gist, 0, 'start');
    await settled();
    expect(textsOf(store.reading(gist, 0))?.[0]).toBe('ListCommandInvocations: ...\nthe end');
    expect(store.reading(gist, 0)?.notices).toEqual(['ListCommandInvocations could not be read: denied']);
    store.lookAway();
    store.look(gist, 0, 'start');
    await settled();
    expect(asked).toHaveLength(2);
  });

  it('is read from the list again while a better source is awaited, until it can be', async () => {
    const answers = [Promise.reject(denied), Promise.resolve(listed)];
    answers[0]?.catch(() => {});
    const readListedOutput = () => answers.shift() ?? Promise.reject(denied);
    const { store, pauses } = storeOf({ readListedOutput });
    const logged = { ...gist, logGroup: '/ssm' };
    store.look(logged, 0, 'start');
    await settled();
    expect(textsOf(store.reading(logged, 0))?.[0]).toBe('ListCommandInvocations: ...\nthe end');
    await pauses.end();
    expect(textsOf(store.reading(logged, 0))?.[0]).toBe('ListCommandInvocations: all that was listed');
    await pauses.end();
    expect(textsOf(store.reading(logged, 0))?.[0]).toBe('ListCommandInvocations: all that was listed');
  });

  it('comes from a better source where there is one', async () => {
    const { store, asked } = storeOf({ readObject: new OneObject('in S3').read });
    const row = { ...gist, plugins: gist.plugins.map((step) => ({ ...step, outputLocation: inBucket })) };
    store.look(row, 0, 'start');
    await settled();
    expect(textsOf(store.reading(row, 0))?.[0]).toBe('S3: in S3');
    expect(asked).not.toContainEqual(expect.stringContaining('List'));
  });
});
