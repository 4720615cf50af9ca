import { comparedFigure, type Figure } from '../figure.ts';
import { bareNode, ssmWatch } from '../peers.ts';
import { runInTurn } from '../process-run.ts';

const runs = 15;

/** What loads neither the SDK nor the screen, against node itself. */
export async function measureStart(): Promise<Figure[]> {
  const [bare = [], version = [], help = []] = await runInTurn(
    [bareNode, ssmWatch(['--version']), ssmWatch(['--help'])],
    runs,
  );
  const peers = bare.map(({ wallMs }) => wallMs);
  return [
    { id: 'start.version', what: '--version', own: version },
    { id: 'start.help', what: '--help', own: help },
  ].map(({ id, what, own }) =>
    comparedFigure(
      { id, what, unit: 'ms', target: { kind: 'ratio', most: 1.5 } },
      own.map(({ wallMs }) => wallMs),
      bareNode.name,
      peers,
    ),
  );
}
