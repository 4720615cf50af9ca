import { Endpoint } from '../endpoint.ts';
import { comparedFigure, type Figure, figureOf, type Subject } from '../figure.ts';
import { awsList, ssmWatch } from '../peers.ts';
import { type Program, runToEnd } from '../process-run.ts';
import { TimedTerminal } from '../timed-terminal.ts';

const runs = 9;
const subject: Subject = {
  id: 'first-rows',
  what: 'start to the first rows, 1 page',
  unit: 'ms',
  target: { kind: 'ratio', most: 0.6 },
};

/** From the start to a row in the pty, against aws printing as many. */
export async function measureFirstRows(): Promise<Figure[]> {
  using endpoint = await Endpoint.open(50);
  const aws = awsList(endpoint, '--max-items', '50');
  const ours: number[] = [];
  const peers: number[] = [];
  await warmUp(endpoint, aws);
  for (let run = 0; run < runs; run++) {
    ours.push(await timeToFirstRow(endpoint));
    if (aws) peers.push((await runToEnd(aws)).wallMs);
  }
  return aws ? [comparedFigure(subject, ours, aws.name, peers)] : [figureOf(subject, ours)];
}

/** One run of each. Ours is not killed, but left: that is when node keeps what it has compiled. */
async function warmUp(endpoint: Endpoint, aws: Program | null): Promise<void> {
  using terminal = openTerminal(endpoint);
  await terminal.waitFor(endpoint.firstInstanceId);
  await terminal.leave('q');
  if (aws) await runToEnd(aws);
}

async function timeToFirstRow(endpoint: Endpoint): Promise<number> {
  const startedAt = performance.now();
  using terminal = openTerminal(endpoint);
  await terminal.waitFor(endpoint.firstInstanceId);
  return performance.now() - startedAt;
}

function openTerminal(endpoint: Endpoint): TimedTerminal {
  return new TimedTerminal(ssmWatch(endpoint.args), { columns: 120, rows: 30 });
}
