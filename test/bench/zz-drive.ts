// temporary
import { setTimeout as delay } from 'node:timers/promises';
import { Endpoint } from './endpoint.ts';
import { TimedTerminal } from './timed-terminal.ts';

const [mode = 'rest', rowsText = '10000', prof = ''] = process.argv.slice(2);
const rows = Number(rowsText);
const endpoint = await Endpoint.open(rows);
const interval = mode === 'idle' ? '2' : '3600';
const args = [
  process.execPath,
  ...(prof ? ['--cpu-prof', `--cpu-prof-dir=${prof}`, '--cpu-prof-interval=200'] : []),
  '/tmp/uiprof/bin/ssm-watch.js',
  '--interval',
  interval,
  ...endpoint.args,
];
const terminal = new TimedTerminal({ name: 'x', command: args }, { columns: 120, rows: 55 });
await terminal.waitFor(endpoint.firstInstanceId);
const times: number[] = [];
let turn = 0;
const move = () => terminal.press(turn++ % 2 === 0 ? 'j' : 'k', '❯');
const pause = () => delay(45 + Math.random() * 40);
if (mode === 'first') {
  await delay(100);
  while ((await endpoint.counts()).pages < endpoint.pages) {
    times.push(await move());
    await pause();
  }
} else if (mode === 'sweep') {
  await endpoint.waitForPages(endpoint.pages);
  await delay(1500);
  for (let i = 0; i < 40; i++) {
    await move();
    await pause();
  }
  for (let s = 0; s < 3; s++) {
    const { pages } = await endpoint.counts();
    terminal.write('r');
    while ((await endpoint.counts()).pages < pages + endpoint.pages) {
      times.push(await move());
      await pause();
    }
    await delay(500);
  }
} else if (mode === 'idle') {
  await delay(3000);
  const before = terminal.output.length;
  await delay(12000);
  console.log('bytes per 2 s', Buffer.byteLength(terminal.output.slice(before)) / 6);
  if (process.env.SHOW)
    console.log(JSON.stringify(terminal.output.slice(before)).replaceAll('\\u001b[?2026h', '\n'));
} else {
  await endpoint.waitForPages(endpoint.pages);
  await delay(1500);
  for (let i = 0; i < 40; i++) {
    await move();
    await pause();
  }
  const n = Number(process.env.N ?? 120);
  for (let i = 0; i < n; i++) {
    if (mode === 'sort') times.push(await terminal.press('>', '↓'));
    else if (mode === 'filter') {
      await terminal.press('/', `/\u001b[7m`);
      await pause();
      times.push(await terminal.press('x', `x\u001b[7m`));
      terminal.write('\u001b');
      await delay(150);
    } else times.push(await move());
    await pause();
  }
}
times.sort((a, b) => a - b);
const q = (p: number) => times[Math.min(times.length - 1, Math.ceil(times.length * p) - 1)]?.toFixed(1);
if (times.length)
  console.log(mode, rows, 'n', times.length, 'min', q(0.001), 'p50', q(0.5), 'p95', q(0.95), 'max', q(1));
terminal.write('q');
await delay(3000);
endpoint[Symbol.dispose]();
terminal[Symbol.dispose]();
process.exit(0);
