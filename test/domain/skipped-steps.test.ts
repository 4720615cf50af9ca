import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowDetail } from '../../src/domain/detail.ts';
import { decisivePlugin, exitCodeOf, type Plugin } from '../../src/domain/invocation.ts';
import { type SkipReason, skippedSteps, skippingExit } from '../../src/domain/skipped-steps.ts';
import { isSuccess } from '../../src/domain/status.ts';
import { invocation, plugin, requestedAt } from '../helpers/fixtures.ts';

const skippedFor = (condition: string) =>
  plugin({
    name: 'other',
    output: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [${condition}]'. Step name: x`,
  });
const windows = skippedFor('platformType, Windows');
const parameter = skippedFor('{{ ring }}, 1');
const ran = plugin({
  name: 'ran',
  output: 'done\n',
  startedAt: requestedAt,
  finishedAt: requestedAt + 5_000,
});
const silent = plugin({ name: 'silent' });
const exit168 = { ...ran, name: 'exit168', responseCode: 168 };
const exit169 = { ...ran, name: 'exit169', status: 'Failed', statusDetails: 'Failed', responseCode: 169 };
const runs = plugin({ name: 'runs', status: 'InProgress', responseCode: -1 });
const waits = plugin({ name: 'waits', status: 'Pending', responseCode: -1 });
const failed = plugin({ name: 'failed', status: 'Failed', responseCode: 7 });

describe('a step that was skipped', () => {
  it.each<[string, Plugin[], (SkipReason | null)[]]>([
    ['none', [], []],
    ['for another platform', [ran, windows], [null, 'platform']],
    ['for another precondition', [parameter, ran], ['precondition', null]],
    ['after a success that ends the document', [exit168, silent, silent], [null, 'exit', 'exit']],
    ['after a failure that ends the document', [ran, exit169, silent], [null, null, 'exit']],
    ['for another platform, after the end of the document', [exit168, windows], [null, 'platform']],
    ['not one before the end of the document', [silent, exit168], [null, null]],
    ['not one that wrote something', [exit168, ran], [null, null]],
    ['not one that took its time', [exit168, { ...ran, output: '' }], [null, null]],
    ['one that took none', [exit168, { ...silent, startedAt: 5, finishedAt: 5 }], [null, 'exit']],
    ['not one that failed', [exit169, { ...failed, output: windows.output }], [null, null]],
    ['not one that runs or waits', [exit168, runs, waits], [null, null, null]],
    ['after a failure that ends the document, by onFailure', [failed, silent, ran], [null, 'exit', null]],
    ['not one that ran without a word after a failure', [failed, { ...ran, output: '' }], [null, null]],
    ['not the rest after a step that has not ended', [{ ...runs, responseCode: 168 }, silent], [null, null]],
    ['not one that only mentions it', [{ ...ran, output: `so: ${windows.output}` }], [null]],
  ])('%s', (_, steps, skips) => expect(skippedSteps(steps)).toEqual(skips));

  it('is always one that AWS calls Success', () => {
    const any = fc.constantFrom(windows, parameter, ran, silent, exit168, exit169, runs, waits, failed);
    return fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (steps) => {
        const skips = skippedSteps(steps);
        expect(skips).toHaveLength(steps.length);
        for (const [index, skip] of skips.entries()) {
          const step = steps[index];
          if (skip !== null) expect(step && isSuccess(step)).toBe(true);
        }
        // What did not run tells about the invocation only where nothing else does.
        const chosen = decisivePlugin(invocation({ plugins: steps }));
        const told = steps.some((step, index) => isSuccess(step) && skips[index] === null);
        if (chosen && skips[steps.indexOf(chosen)] !== null) expect(told).toBe(false);
      }),
    );
  });
});

it.each<[Plugin[], number | null]>([
  [[], null],
  [[ran, silent], null],
  [[exit168], null],
  [[exit168, silent], 168],
  [[ran, exit169, silent], 169],
  [[windows, exit168, silent, windows], 168],
])('the exit code that skipped the rest of %j is %s', (steps, code) =>
  expect(skippingExit(steps)).toBe(code),
);

describe('an invocation with steps that were skipped', () => {
  it.each<[string, Plugin[], string, number | null]>([
    ['before one that ran', [windows, ran], 'ran', 0],
    ['behind one that ran', [ran, windows], 'ran', 0],
    ['behind the end of the document', [exit168, silent], 'exit168', 168],
    ['before a failure', [windows, failed], 'failed', 7],
    ['and nothing else', [windows, { ...windows, name: 'last' }], 'last', 0],
  ])('%s is told by %s', (_, plugins, name, code) => {
    const row = invocation({ plugins });
    expect([decisivePlugin(row)?.name, exitCodeOf(row)]).toEqual([name, code]);
  });

  it.each<[string, string, Plugin[], string]>([
    ['another platform', 'Success', [windows, windows], 'every step was skipped: not for this platform'],
    [
      'preconditions',
      'Success',
      [windows, parameter],
      'every step was skipped: its preconditions do not hold',
    ],
    ['the rest', 'Success', [ran, exit168, silent], 'skipped the rest (exit 168)'],
    ['some', 'Success', [ran, windows], ''],
    ['none', 'Success', [ran], ''],
    ['no step known', 'Success', [], ''],
    ['the first, while the second of three runs', 'InProgress', [windows, runs, waits], 'step 1 of 2: runs'],
    ['all but the one that runs', 'InProgress', [windows, runs], ''],
    ['one between, with the last to start', 'InProgress', [ran, windows, waits], 'step 2 of 2: waits'],
  ])('says so: %s', (_, status, plugins, detail) =>
    expect(rowDetail(invocation({ status, plugins }))).toBe(detail),
  );
});
