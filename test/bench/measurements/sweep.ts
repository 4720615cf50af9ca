import { Endpoint } from '../endpoint.ts';
import { comparedFigure, type Figure, figureOf, type Target } from '../figure.ts';
import { awsList, bareSdkSweep, ssmWatch } from '../peers.ts';
import { type ProcessFigures, type Program, runInTurn, runToEnd } from '../process-run.ts';

const rows = 10_000;
const runs = 5;
/** `--once` of what is not over. */
const inProgress = 5;
const targets: Readonly<Record<string, Target>> = { aws: { kind: 'ratio', most: 0.5 } };

const measures = [
  { id: 'wall', name: 'wall', unit: 'ms', of: ({ wallMs }: ProcessFigures) => wallMs },
  { id: 'cpu', name: 'cpu', unit: 'ms', of: ({ cpuMs }: ProcessFigures) => cpuMs },
  { id: 'memory', name: 'peak memory', unit: 'MiB', of: ({ peakMiB }: ProcessFigures) => peakMiB },
] as const;

/** One sweep with everything, against aws and against the SDK alone. */
export async function measureSweep(): Promise<Figure[]> {
  using endpoint = await Endpoint.open(rows);
  const aws = awsList(endpoint, '--details');
  const peers = [bareSdkSweep(endpoint), ...(aws ? [aws] : [])];
  const [own = [], ...others] = await runInTurn([onceJson(endpoint), ...peers], runs);
  return measures.flatMap(({ id, name, unit, of }) =>
    peers.map((peer, index) => {
      const target = id === 'memory' ? undefined : targets[peer.name];
      return comparedFigure(
        {
          id: `sweep.${id}.${slug(peer)}`,
          what: `sweep of 10,000, ${name}`,
          unit,
          ...(target ? { target } : {}),
        },
        own.map(of),
        peer.name,
        (others[index] ?? []).map(of),
      );
    }),
  );
}

/** What one sweep asks for, counted where it is answered. */
export async function countSweep(): Promise<Figure[]> {
  using endpoint = await Endpoint.open(rows);
  await runToEnd(onceJson(endpoint));
  const { calls, bytes } = await endpoint.counts();
  return [
    figureOf({ id: 'once-10000.calls', what: 'sweep of 10,000, calls', unit: 'calls' }, [calls]),
    figureOf({ id: 'once-10000.bytes', what: 'sweep of 10,000, bytes of the answers', unit: 'bytes' }, [
      bytes,
    ]),
  ];
}

function onceJson(endpoint: Endpoint): Program {
  return ssmWatch(['--once', '-o', 'json', ...endpoint.args], [inProgress]);
}

function slug({ name }: Program): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
