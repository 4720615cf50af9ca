/** Draws the README's pictures: the screen of the built demo, in a real terminal, from real runs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { screenAsSvg } from './svg.ts';
import { openTerminal, type TestTerminal } from './terminal.ts';

const docs = new URL('../../docs/', import.meta.url);

await drawRollout();
await drawResults();

/** A rollout under way, and the output of an instance that failed in it. */
async function drawRollout(): Promise<void> {
  using terminal = openTerminal(['demo', '--instances', '40', '--speed', '1.5', '--interval', '1']);
  /** The row that is opened. */
  const commandNotFound = /Failed +127 /;
  /** Numbers of succeeded, failed, running and waiting instances, from the header. */
  const counts = /✓ (\d+) +✗ (\d+) +● (\d+) +○ (\d+)/;
  await terminal.waitFor((screen) => {
    const [succeeded = 0, failed = 0, running = 0, waiting = 0] =
      counts
        .exec(screen[2] ?? '')
        ?.slice(1)
        .map(Number) ?? [];
    const mixed = succeeded >= 8 && failed >= 5 && running >= 4 && waiting >= 1;
    return mixed && failed + running + waiting <= 21 && commandNotFound.test(screen.join('\n'));
  }, 'a rollout of which some failed, some is done, and some runs');
  draw(terminal, 'screen.svg');
  terminal.write('/127\r');
  await terminal.waitFor(/ shown: /, 'the rows whose script found no command');
  terminal.write('\rw');
  await terminal.waitFor(/Esc back.* wrap /, 'the output of a failed instance, with long lines wrapped');
  draw(terminal, 'output.svg');
  await leave(terminal);
}

/** What came of a large rollout: failures by cause, and the fleet as a map. */
async function drawResults(): Promise<void> {
  using terminal = openTerminal(['demo', '--scenario', 'causes', '--speed', '4', '--interval', '1']);
  await terminal.waitFor(/FAILURE/, 'the end of the rollout');
  terminal.write('v');
  await terminal.waitFor(/7 causes/, 'the failures by cause');
  draw(terminal, 'groups.svg');
  terminal.write('v');
  await terminal.waitFor(/2,000 instances, /, 'the map');
  draw(terminal, 'map.svg');
  await leave(terminal);
}

async function leave(terminal: TestTerminal): Promise<void> {
  terminal.write('\u0003');
  await terminal.exit;
}

function draw(terminal: TestTerminal, file: string): void {
  mkdirSync(docs, { recursive: true });
  writeFileSync(new URL(file, docs), screenAsSvg(terminal.cells(), 'ssm-watch demo'));
  process.stdout.write(`docs/${file}\n`);
}
