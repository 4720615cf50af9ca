/** Watches rollouts of many kinds in virtual time, and writes what that took into the docs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { naiveCalls, watchRollout } from './virtual-rollout.ts';

const file = new URL('../../docs/calls.md', import.meta.url);
const mostCalls = 200_000;
/** Nodes, how many at a time, seconds each, interval in seconds. */
const rollouts = [
  [50, 50, 60, 5],
  [100, 50, 60, 5],
  [150, 50, 60, 5],
  [150, 150, 60, 5],
  [500, 50, 60, 5],
  [500, 50, 5, 5],
  [1_000, 50, 60, 5],
  [1_000, 50, 60, 2],
  [1_000, 50, 5, 2],
  [1_000, 500, 60, 5],
  [3_000, 50, 60, 5],
  [3_000, 300, 600, 5],
  [3_000, 300, 5, 2],
  [10_000, 50, 60, 5],
] as const;

const rows: string[] = [];
for (const [nodes, concurrency, secondsEach, interval] of rollouts) {
  const intervalMs = interval * 1000;
  const run = await watchRollout({ nodes, concurrency, secondsEach, intervalMs, mostCalls });
  const naive = naiveCalls(nodes, run.duration, intervalMs);
  const cells = [
    nodes.toLocaleString('en'),
    concurrency,
    `${secondsEach} s`,
    `${interval} s`,
    naive.toLocaleString('en'),
    run.calls.toLocaleString('en'),
    (run.calls / naive).toFixed(2),
    `${(run.longestStale / 1000).toFixed(0)} s`,
    `${(run.endSeenAfter / 1000).toFixed(0)} s`,
  ];
  rows.push(`| ${cells.join(' | ')} |`);
  process.stdout.write(`${rows.at(-1)}\n`);
}
const head =
  '| nodes | at a time | each takes | interval | naive calls | calls | ratio | a change seen after | the end seen after |';
const table = [head, `|${'--:|'.repeat(9)}`, ...rows].join('\n');
const text = readFileSync(file, 'utf8');
writeFileSync(
  file,
  text.replace(/(<!-- calls[^>]*-->\n)[\s\S]*?(<!-- \/calls -->)/, (_, before: string, after: string) =>
    [before, table, `\n${after}`].join('\n'),
  ),
);
