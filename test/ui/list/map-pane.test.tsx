import type { ComponentProps } from 'react';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../../src/domain/circumstances.ts';
import type { Invocation } from '../../../src/domain/invocation.ts';
import { MapPane } from '../../../src/ui/list/map-pane.tsx';
import { mapLayout } from '../../../src/ui/list/map-state.ts';
import { colourPainter, type Painter, PainterContext, plainPainter } from '../../../src/ui/painter.ts';
import { hostileIn, invocation, plugin } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const failed = invocation({
  instanceId: 'i-bad',
  status: 'Failed',
  plugins: [plugin({ status: 'Failed', responseCode: 127, output: 'bash: yum: command not found' })],
});
const ok = invocation({ instanceId: 'i-ok', plugins: [plugin({ responseCode: 0 })] });
const running = invocation({ instanceId: 'i-run', status: 'InProgress' });
const pending = invocation({ instanceId: 'i-wait', status: 'Pending' });
const delayed = invocation({ instanceId: 'i-late', status: 'Pending', statusDetails: 'Delayed' });
const mixed = [failed, failed, running, pending, delayed, ok, ok, ok];

type Change = Partial<ComponentProps<typeof MapPane>> & { width?: number; painter?: Painter };
const lines = (
  rows: readonly Invocation[],
  { width = 10, height = 8, painter = plainPainter, ...change }: Change = {},
) =>
  frameOf(
    <PainterContext value={painter}>
      <MapPane
        rows={rows}
        circumstances={nothingKnown}
        layout={mapLayout(rows, width, height)}
        cursorCell={0}
        order="worst first"
        screenWidth={width}
        height={height}
        emptyText={null}
        {...change}
      />
    </PainterContext>,
    width,
  ).split('\n');
/** What is drawn on a screen on which every text fits. */
const texts = (rows: readonly Invocation[], change: Change = {}) =>
  lines(rows, { width: 100, ...change })
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('the map', () => {
  it('is a glyph an instance, wrapped to the width, with the cursor marked', () =>
    expect(lines([...mixed, ...mixed]).slice(1, 3)).toEqual(['❯█✗●○◷✓✓✓', ' ✗✗●○◷✓✓✓']));

  it('marks the cell under the cursor on its line only', () => {
    expect(lines([...mixed, ...mixed], { cursorCell: 10 }).slice(1, 3)).toEqual([' ✗✗●○◷✓✓✓', '❯✗✗█○◷✓✓✓']);
    expect(lines(mixed, { cursorCell: -1 })[1]).toBe(' ✗✗●○◷✓✓✓');
  });

  it('has a title, a legend, and what is under the cursor', () =>
    expect(texts(mixed)).toEqual([
      '8 instances, worst first',
      '❯█✗●○◷✓✓✓',
      '✗ 2 Failed  ● 1 InProgress  ◷ 1 Delayed  ○ 1 Pending  ✓ 3 Success',
      'i-bad web-eu-01 ✗ Failed exit 127 bash: yum: command not found',
    ]));

  it.each([
    [2, 'i-run web-eu-01 ● InProgress'],
    [4, 'i-late web-eu-01 ◷ Delayed could not be sent yet; AWS tries again'],
    [5, 'i-ok web-eu-01 ✓ Success exit 0'],
  ])('says what is in cell %i', (cursorCell, text) => expect(texts(mixed, { cursorCell }).at(-1)).toBe(text));

  it('says how many instances a cell stands for, and what they are', () => {
    const rows = [ok, ok, failed, ok, running, ok, ok];
    const drawn = texts(rows, { layout: { ...mapLayout(rows, 4, 4), cellsPerLine: 2 }, order: 'by name' });
    expect(drawn).toEqual([
      '7 instances, one cell = 4 instances, by name',
      '❯█●',
      '✗ 1 Failed  ● 1 InProgress  ✓ 5 Success',
      '4 instances: ✗ 1  ✓ 3  worst i-bad ✗ Failed exit 127 bash: yum: command not found',
    ]);
    const [, , , last] = texts(rows, { layout: mapLayout(rows, 4, 4), cursorCell: 1 });
    expect(last).toBe('3 instances: ● 1  ✓ 2  worst i-run ● InProgress');
  });

  it('has a legend by phase where not every status fits', () =>
    expect(lines(mixed, { width: 60 }).at(-2)?.trim()).toBe(
      '✗ 2 failed  ● 1 running  ○ 2 waiting  ✓ 3 succeeded',
    ));

  it('says why it is empty', () =>
    expect(texts([], { emptyText: 'nothing yet' })).toEqual(['0 instances, worst first', 'nothing yet']));
});

describe('on a low screen', () => {
  it.each([
    [4, ['8 instances, worst first', '❯█✗●○◷✓✓✓', '✗ 2', 'i-bad']],
    [3, ['❯█✗●○◷✓✓✓', '✗ 2', 'i-bad']],
    [2, ['❯█✗●○◷✓✓✓', 'i-bad']],
    [1, ['❯█✗●○◷✓✓✓']],
  ])('of %i lines is the map, then what is under the cursor, legend and title', (height, beginnings) => {
    const drawn = lines(mixed, { width: 100, height }).map((line) => line.trim());
    expect(drawn).toEqual(beginnings.map((beginning) => expect.stringMatching(new RegExp(`^${beginning}`))));
  });
});

describe('the colours', () => {
  const sgr = (text: string) => text.replaceAll('\u001b', '^');

  it('are those of the phases, one sequence for neighbours of one colour, and inverse under the cursor', () => {
    expect(sgr(lines(mixed, { cursorCell: 1, painter: colourPainter })[1] ?? '')).toBe(
      '❯^[31m✗^[7m✗^[27m^[36m●^[33m○◷^[32m✓✓✓^[39m',
    );
    expect(sgr(lines(mixed, { cursorCell: 6, painter: colourPainter })[1] ?? '')).toBe(
      '❯^[31m✗✗^[36m●^[33m○◷^[32m✓^[7m✓^[27m✓^[39m',
    );
  });

  it('are none for an unknown status', () => {
    const asleep = invocation({ status: 'Sleeping' });
    expect(sgr(lines([ok, asleep, asleep], { painter: colourPainter })[1] ?? '')).toBe(
      '❯^[7m^[32m✓^[39m^[27m??',
    );
  });

  it('are none where there are none', () => expect(lines(mixed).join('')).not.toContain('\u001b'));
});

describe('any text', () => {
  it.each([1, 2, 3, 10, 40, 80, 100])('is nowhere wider than %i cells, and never hostile', (width) => {
    const bad = { ...failed, instanceId: hostile, instanceName: hostile };
    const rows = [bad, { ...bad, statusDetails: hostile }, { ...running, statusDetails: '日'.repeat(99) }];
    for (const height of [1, 2, 4, 8]) {
      const drawn = lines(rows, { width, height });
      expect(drawn.length).toBeLessThanOrEqual(height);
      expect(hostileIn(drawn.join(''))).toEqual([]);
      for (const line of drawn) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});
