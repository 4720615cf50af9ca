import { Endpoint } from '../endpoint.ts';
import { comparedFigure, type Figure, figureOf, type Subject } from '../figure.ts';
import { awsList, ssmWatch } from '../peers.ts';
import { runToEnd } from '../process-run.ts';
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
  // The first run of each is to warm up.
  for (let run = 0; run <= runs; run++) {
    ours.push(await timeToFirstRow(endpoint));
    if (aws) peers.push((await runToEnd(aws)).wallMs);
  }
  return aws
    ? [comparedFigure(subject, ours.slice(1), aws.name, peers.slice(1))]
    : [figureOf(subject, ours.slice(1))];
}

async function timeToFirstRow(endpoint: Endpoint): Promise<number> {
  const startedAt = performance.now();
  using terminal = new TimedTerminal(ssmWatch(endpoint.args), { columns: 120, rows: 30 });
  await terminal.waitFor(endpoint.firstInstanceId);
  return performance.now() - startedAt;
}
