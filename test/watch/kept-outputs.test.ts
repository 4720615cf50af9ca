import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureDetail } from '../../src/domain/detail.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { KeptOutputs } from '../../src/watch/kept-outputs.ts';
import { RolloutStore } from '../../src/watch/store.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';

const most = 1_000;
const rowOf = (index: number, status: string, length: number): Invocation =>
  invocation({
    instanceId: `i-0000000${index}`,
    status,
    plugins: [plugin({ status, output: 'x\n'.repeat(length / 2) })],
  });
const isGist = (row: Invocation | undefined) => row?.plugins[0]?.outputIsGist === true;
const sizeOf = (rows: readonly Invocation[]) =>
  rows
    .flatMap(({ plugins }) => plugins)
    .reduce((size, { output, outputIsGist }) => size + (outputIsGist ? 0 : output.length), 0);

describe('the outputs that rows keep', () => {
  it('are kept whole while there is room, and as gists from then on', () => {
    const outputs = new KeptOutputs(most);
    const first = rowOf(1, 'Failed', 600);
    expect(outputs.keep(first, undefined)).toBe(first);
    const second = outputs.keep(rowOf(2, 'Failed', 600), undefined);
    expect(second.plugins[0]).toMatchObject({ output: '...\nx', outputIsGist: true });
    const third = rowOf(3, 'Failed', 400);
    expect(outputs.keep(third, undefined)).toBe(third);
  });

  it('of what succeeded leave the room of the others alone, and the other way round', () => {
    const outputs = new KeptOutputs(most);
    expect(isGist(outputs.keep(rowOf(1, 'Success', 1_000), undefined))).toBe(false);
    expect(isGist(outputs.keep(rowOf(2, 'Failed', 1_000), undefined))).toBe(false);
    expect(isGist(outputs.keep(rowOf(3, 'Success', 100), undefined))).toBe(true);
  });

  it('give their room back when the row becomes another', () => {
    const outputs = new KeptOutputs(most);
    const known = outputs.keep(rowOf(1, 'InProgress', 900), undefined);
    const ended = outputs.keep(rowOf(1, 'Success', 900), known);
    expect(isGist(ended)).toBe(false);
    expect(isGist(outputs.keep(rowOf(2, 'Failed', 900), undefined))).toBe(false);
  });

  it('are bounded in a store, where what is told of a row does not change by it', () => {
    const clocks = { monotonic: () => 0, awsTime: () => 0 };
    const store = new RolloutStore(clocks);
    const told: (string | null)[] = [];
    store.onEvent((event) => {
      if (event.type === 'invocation') told.push(failureDetail(event.invocation));
    });
    const rows = Array.from({ length: 12_000 }, (_, index) => {
      const output = `${'copying the next file\n'.repeat(50)}cp: no space on host ${index}\n`;
      return invocation({
        instanceId: `i-${String(index).padStart(8, '0')}`,
        status: 'Failed',
        plugins: [plugin({ status: 'Failed', output })],
      });
    });
    store.pageRead(rows);
    const known = store.getSnapshot().rows;
    expect(told).toEqual(rows.map((row) => failureDetail(row)));
    expect(sizeOf(rows)).toBeGreaterThan(12_000_000);
    expect(sizeOf(known)).toBeLessThanOrEqual(8 * 1024 * 1024);
    store.pageRead(rows);
    expect(store.getSnapshot().rows).toBe(known);
    expect(told).toHaveLength(rows.length);
  });

  it('never come to more than there is room for', () => {
    const changes = fc.array(
      fc.record({
        index: fc.integer({ min: 0, max: 5 }),
        status: fc.constantFrom('Pending', 'InProgress', 'Success', 'Failed'),
        length: fc.integer({ min: 0, max: 800 }),
      }),
    );
    return fc.assert(
      fc.property(changes, (read) => {
        const outputs = new KeptOutputs(most);
        const rows = new Map<string, Invocation>();
        for (const { index, status, length } of read) {
          const row = rowOf(index, status, length);
          rows.set(row.instanceId, outputs.keep(row, rows.get(row.instanceId)));
          const all = [...rows.values()];
          const succeeded = sizeOf(all.filter((kept) => kept.status === 'Success'));
          expect(succeeded).toBeLessThanOrEqual(most);
          expect(sizeOf(all) - succeeded).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});
