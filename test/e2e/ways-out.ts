import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FoundTerminal } from '../helpers/found-terminal.ts';
import { finishedRollout, type Rollout, standingRollout, until } from '../helpers/rollout.ts';

/** One way to end the program. */
export interface Way {
  readonly name: string;
  /** Exit code before there is a verdict. */
  readonly exitCode: number;
  /** What to break with `leave`; '' for nothing. */
  readonly breaks: string;
  /** Places in which it cannot be done. */
  readonly except: readonly string[];
  readonly leave: (terminal: FoundTerminal) => void;
}

const way = (name: string, exitCode: number, leave: Way['leave'], more: Partial<Way> = {}): Way => ({
  name,
  exitCode,
  leave,
  breaks: '',
  except: [],
  ...more,
});
const signal = (name: NodeJS.Signals, exitCode: number): Way =>
  way(name, exitCode, (terminal) => terminal.signal(name));
const broken = (name: string, breaks: string, except: readonly string[], key = ''): Way =>
  way(
    name,
    70,
    (terminal) => {
      terminal.signal('SIGUSR2');
      void until(() => terminal.file('broken') !== '', 'it is broken').then(
        () => terminal.write(key),
        () => {},
      );
    },
    { breaks, except },
  );

export const ways: readonly Way[] = [
  way('q', 130, (terminal) => terminal.write('q'), {
    except: ['signing in', 'output', 'help', 'line of input'],
  }),
  way('Ctrl-C', 130, (terminal) => terminal.write('\u0003')),
  signal('SIGINT', 130),
  signal('SIGTERM', 143),
  signal('SIGHUP', 129),
  signal('SIGQUIT', 131),
  // The shell around it outlives its SIGHUP, and so the kernel sends the program none: it sees that its keys have ended.
  way('terminal closed', 129, (terminal) => terminal.hangUp(), { except: ['signing in'] }),
  broken('error in a timer', 'timer', []),
  broken('promise rejected', 'promise', []),
  broken('error while drawing', 'drawing', ['signing in', 'recent commands']),
  broken('error in an effect', 'effect', ['signing in', 'recent commands']),
  broken('error at a key', 'key', ['signing in'], 'j'),
];

/** One place to end it in. */
export interface Place {
  readonly name: string;
  /** What is said of the rollout then, on the normal screen; null for nothing. */
  readonly left: RegExp | null;
  readonly rollout: () => Promise<Rollout>;
  readonly open: (rollout: Rollout, breaks: string) => FoundTerminal;
  /** Goes there. */
  readonly reach: (terminal: FoundTerminal, rollout: Rollout) => Promise<unknown>;
}

const interrupted = /^(interrupted: 18 of 60 |broken: it is ssm-watch itself)/m;
const openWatch: Place['open'] = (rollout, breaks) => new FoundTerminal(rollout.args, breaks);
/** What comes before a frame that is drawn from nothing. */
const drawnAnew = '\u001b[H\u001b[J';
const rows = (terminal: FoundTerminal) => terminal.waitFor(/22 of 60/, 'rows');

const watched = (name: string, keys: string, sign: RegExp): Place => ({
  name,
  left: interrupted,
  rollout: () => standingRollout(12),
  open: openWatch,
  reach: async (terminal) => {
    await rows(terminal);
    terminal.write(keys);
    await terminal.waitFor(sign, name);
  },
});

export const places: readonly Place[] = [
  {
    name: 'signing in',
    left: null,
    rollout: () => standingRollout(12),
    open: ({ args }, breaks) => {
      const terminal = new FoundTerminal([...args, '--profile', 'slow'], breaks, {
        AWS_CONFIG_FILE: 'config',
      });
      const config = '[profile slow]\ncredential_process = sh -c "echo yes > asked; exec sleep 20"\n';
      writeFileSync(join(terminal.folder.path, 'config'), config);
      return terminal;
    },
    reach: (terminal) => until(() => terminal.file('asked') !== '', 'credentials are asked for'),
  },
  {
    name: 'first sweep',
    left: /^(interrupted: (0 of 0 |nothing was read)|broken: it is ssm-watch itself)/m,
    rollout: () => standingRollout(12, { faults: [{ kind: 'hang' }] }),
    open: openWatch,
    reach: (terminal) => terminal.waitFor(/ · reading$/m, 'the empty list'),
  },
  watched('list', '', /INSTANCE/),
  watched('output', '\r', /Esc back/),
  watched('line of input', '/web', /^ \/web/m),
  watched('help', '?', /In the list/),
  watched('failures by cause', 'v', /CAUSE/),
  {
    name: 'recent commands',
    left: null,
    rollout: () => standingRollout(12),
    open: ({ endpoint }, breaks) => new FoundTerminal(endpoint, breaks),
    reach: (terminal) => terminal.waitFor(/AWS-RunShellScript/, 'commands'),
  },
  {
    name: 'saving',
    left: interrupted,
    rollout: () => standingRollout(12, { faults: [{ kind: 'hang', operation: 'GetCommandInvocation' }] }),
    open: openWatch,
    reach: async (terminal) => {
      await rows(terminal);
      terminal.write('\u0013');
      await terminal.waitFor(/saving|saved/i, 'a save under way');
    },
  },
  {
    name: 'after the end',
    left: /^failure: 45 of 60 succeeded, 15 did not/m,
    rollout: finishedRollout,
    open: openWatch,
    reach: (terminal) => terminal.waitFor(/FAILURE/, 'the verdict'),
  },
  {
    name: 'one cell',
    left: interrupted,
    rollout: () => standingRollout(12),
    open: openWatch,
    reach: async (terminal) => {
      await rows(terminal);
      const before = terminal.output.length;
      terminal.resize(1, 1);
      await until(() => terminal.output.slice(before).includes(drawnAnew), 'it is drawn anew');
    },
  },
];
