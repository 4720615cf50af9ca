import { describe, expect, it } from 'vitest';
import { targetsOf } from '../../src/watch/snapshot.ts';
import { command } from '../helpers/fixtures.ts';

describe('how many instances the watch is about', () => {
  it.each([
    ['what AWS counted', null, command({ targetCount: 44 }), 44],
    ['unknown before that', null, null, null],
    ['unknown while it counts them', null, command({ targetCount: 0 }), null],
    ['none where none matched', null, command({ targetCount: 0, statusDetails: 'NoInstancesInTag' }), 0],
    ['one where it is about one', 'i-1', command({ targetCount: 44 }), 1],
  ])('is %s', (_, instanceId, known, count) => expect(targetsOf({ command: known, instanceId })).toBe(count));
});
