import { type Figure, figureOf, type Target } from '../figure.ts';
import { sampleOf } from '../statistics.ts';
import { naiveCalls, usualInterval, type VirtualRolloutRun, watchRollout } from '../virtual-rollout.ts';

/** What a rollout of so many nodes may take, at the most. */
interface Expectation {
  readonly nodes: number;
  /** Times the calls of naive polling. */
  readonly calls: number;
  /** Seconds in which any change is seen. */
  readonly stale: number;
}

const enough = 25_000;

/** Calls and bytes of whole rollouts, the same on every machine. */
export async function measureRollouts(): Promise<Figure[]> {
  const figures = [];
  figures.push(...(await figuresOf({ nodes: 150, calls: 1, stale: 5 })));
  figures.push(...(await figuresOf({ nodes: 1_000, calls: 0.2, stale: 30 })));
  return figures;
}

/** The largest: left where it has taken more calls than the target allows it for its whole length. */
export function measureLargeRollout(): Promise<Figure[]> {
  return figuresOf({ nodes: 10_000, calls: 0.05, stale: 30 });
}

async function figuresOf({ nodes, calls, stale }: Expectation): Promise<Figure[]> {
  const run = await watchRollout({ nodes, mostCalls: enough });
  const of = `rollout of ${nodes.toLocaleString('en')}`;
  const naive = naiveCalls(nodes, run.duration);
  const target: Target = { kind: 'ratio', most: calls };
  return [
    {
      ...figureOf(
        { id: `rollout-${nodes}.calls`, what: `${of}, calls${leftAfter(run)}`, unit: 'calls', target },
        [run.calls],
      ),
      peer: { name: 'naive', sample: sampleOf([naive]) },
      ratio: run.calls / naive,
    },
    figureOf({ id: `rollout-${nodes}.bytes`, what: `${of}, bytes of the answers`, unit: 'bytes' }, [
      run.bytes,
    ]),
    figureOf(
      {
        id: `rollout-${nodes}.stale`,
        what: `${of}, any change seen after`,
        unit: 's',
        target: { kind: 'value', most: stale },
      },
      [run.longestStale / 1000],
    ),
    ...(run.ended
      ? [
          figureOf(
            {
              id: `rollout-${nodes}.end`,
              what: `${of}, end seen after`,
              unit: 's',
              target: { kind: 'value', most: (2 * usualInterval) / 1000 },
            },
            [run.endSeenAfter / 1000],
          ),
        ]
      : []),
  ];
}

function leftAfter({ ended, duration }: VirtualRolloutRun): string {
  return ended ? '' : ` in its first ${Math.round(duration / 1000).toLocaleString('en')} s`;
}
