import type { ComponentProps } from 'react';
import { describe, expect, it } from 'vitest';
import { DetailPane } from '../../../src/ui/detail/detail-pane.tsx';
import { windowOnPlugins } from '../../../src/ui/detail/plugin-window.ts';
import { hostileIn, invocation, plugin, requestedAt } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const steps = (count: number) =>
  Array.from({ length: count }, (_, index) => plugin({ name: `step-${index + 1}` }));
const screen = { columns: 100, rows: 30 };
const lines = (change: Partial<ComponentProps<typeof DetailPane>> = {}, width = 100) =>
  frameOf(
    <DetailPane
      invocation={invocation({ status: 'Failed', plugins: steps(2) })}
      explained={null}
      shownPluginIndex={0}
      rows={[{ key: 'a', line: 0, kind: 'stdout', spans: [{ text: 'the output', style: {} }] }]}
      search=""
      pluginWindow={windowOnPlugins(invocation({ plugins: steps(2) }), 0, screen)}
      awsTime={requestedAt + 60_000}
      screenWidth={width}
      {...change}
    />,
    width,
  ).split('\n');

describe('the detail pane', () => {
  it('shows the instance, its plugins and the output', () => {
    const drawn = lines();
    expect(drawn[0]).toBe(' i-0cb2b964d3e14fd9f web-eu-01  ✗ Failed  requested 00:39:03  took —');
    expect(drawn.at(-1)).toBe('the output');
    expect(drawn.join('')).toMatch(/❯ │ step-1 .*│ +│ step-2/);
  });

  it('says how long an instance has been running', () =>
    expect(lines({ invocation: invocation({ status: 'InProgress' }) })[0]).toContain(
      '● InProgress  requested 00:39:03  took 1m 00s',
    ));

  it('says the date of a request that was not today, once', () => {
    const step = plugin({ startedAt: requestedAt + 1_000 });
    const drawn = lines({
      invocation: invocation({ plugins: [step] }),
      awsTime: requestedAt + 3 * 86_400_000,
    });
    expect(drawn[0]).toContain('requested 09-27 00:39:03');
    expect(drawn.join('')).toContain('│ 00:39:04 │');
  });

  it.each([
    [80, / ip-10-0-0-43.ec2… {2}✗ Failed {2}requested 00:39:03 {2}took 1d 0h$/],
    [64, / … {2}✗ Failed {2}requested 00:39:03 {2}took 1d 0h$/],
    [63, /9f {3}✗ Failed {2}requested 00:39:03 {2}took 1d 0h$/],
    [50, / {3}✗ Failed {2}requested 00:39:…$/],
  ])('lets the name give way first, at %i cells', (width, end) => {
    const finishedAt = requestedAt + 86_400_000;
    const row = invocation({
      instanceName: 'ip-10-0-0-43.ec2.internal',
      status: 'Failed',
      plugins: [plugin({ status: 'Failed', startedAt: requestedAt, finishedAt })],
    });
    const [first] = lines({ invocation: row }, width);
    expect(first).toMatch(end);
  });

  it('says nothing of a time of request that is not known', () =>
    expect(lines({ invocation: invocation({ requestedAt: null }) })[0]).not.toContain('requested'));

  it('shows the plugins in its window', () => {
    const row = invocation({ plugins: steps(9) });
    const pluginWindow = windowOnPlugins(row, 4, screen);
    const drawn = lines({ invocation: row, shownPluginIndex: 4, pluginWindow }).join('');
    expect(drawn.match(/step-\d+|❯/g)).toEqual(['step-3', 'step-4', '❯', 'step-5', 'step-6', 'step-7']);
  });

  it('names the chosen plugin where there is no room for a table', () => {
    const drawn = lines({
      shownPluginIndex: 1,
      pluginWindow: windowOnPlugins(invocation({ plugins: steps(2) }), 1, { columns: 100, rows: 9 }),
    });
    expect(drawn[0]).toContain('  plugin step-2');
    expect(drawn).toHaveLength(2);
  });

  it('says what the output cannot tell below the title', () => {
    const drawn = lines({ explained: 'node: ConnectionLost' });
    expect(drawn[1]).toBe(' node: ConnectionLost');
    expect(drawn).toHaveLength(lines().length + 1);
  });

  it('tells the steps that were skipped by all of them, though not all are in its window', () => {
    const rest = Array.from({ length: 8 }, (_, index) => plugin({ name: `step-${index + 2}` }));
    const row = invocation({ plugins: [plugin({ name: 'step-1', responseCode: 168 }), ...rest] });
    const pluginWindow = windowOnPlugins(row, 8, screen);
    const drawn = lines({ invocation: row, shownPluginIndex: 8, pluginWindow }).join('');
    expect(drawn).not.toContain('step-1 ');
    expect(drawn.match(/⊘ skipped/g)).toHaveLength(pluginWindow.count);
  });

  it('lets nothing hostile through', () => {
    const row = invocation({
      instanceId: hostile,
      instanceName: hostile,
      status: hostile,
      plugins: [plugin({ name: hostile })],
    });
    for (const rows of [9, 30]) {
      const pluginWindow = windowOnPlugins(row, 0, { columns: 100, rows });
      const drawn = lines({ invocation: row, pluginWindow, explained: hostile }).join('');
      expect(hostileIn(drawn)).toEqual([]);
      expect(drawn).toContain('a^[[2J');
    }
  });
});
