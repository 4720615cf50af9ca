import type { Action } from './actions.ts';
import { keyLabel } from './key-names.ts';

/** What takes the keys. */
export type KeyContext =
  | 'commands'
  | 'others'
  | 'list'
  | 'groups'
  | 'map'
  | 'detail'
  | 'fields'
  | 'help'
  | 'prompt';

/** What one action is called, and the keys that ask for it. */
interface Row {
  readonly action: Action;
  /** Names as `keyNames` gives them. */
  readonly keys: readonly string[];
  readonly description: string;
  /** One word for the footer; absent where the footer does not name it. */
  readonly footer?: string;
}

/** Keys that hold in the same places. */
interface Section {
  readonly contexts: readonly KeyContext[];
  readonly keys: readonly Row[];
}

/** One row of the key table. It feeds the footer, the help screen and the README. */
export interface Binding extends Row {
  readonly contexts: readonly KeyContext[];
  /** How the keys are written for people. */
  readonly labels: readonly string[];
}

/** What people call the places in which keys hold. */
export const placeNames: Readonly<Record<KeyContext, string>> = {
  commands: 'recent commands',
  others: 'other commands',
  list: 'list',
  groups: 'failures by cause',
  map: 'map',
  detail: 'output',
  fields: 'fields',
  help: 'help',
  prompt: 'line of input',
};

const panes: readonly KeyContext[] = [
  'commands',
  'others',
  'list',
  'groups',
  'map',
  'detail',
  'fields',
  'help',
];
const everywhere: readonly KeyContext[] = [...panes, 'prompt'];

const table: readonly Section[] = [
  {
    contexts: panes,
    keys: [
      { action: 'lineUp', keys: ['up', 'k'], description: 'up a line' },
      { action: 'lineDown', keys: ['down', 'j'], description: 'down a line' },
      { action: 'pageUp', keys: ['pageup', 'ctrl-b', 'b'], description: 'up a page' },
      { action: 'pageDown', keys: ['pagedown', 'ctrl-f', 'space'], description: 'down a page' },
      { action: 'halfPageUp', keys: ['ctrl-u'], description: 'up half a page' },
      { action: 'halfPageDown', keys: ['ctrl-d'], description: 'down half a page' },
      { action: 'top', keys: ['g', 'home'], description: 'to the top' },
      { action: 'bottom', keys: ['G', 'end'], description: 'to the bottom' },
    ],
  },
  {
    contexts: ['commands', 'others'],
    keys: [
      { action: 'watch', keys: ['enter'], description: 'watch the command', footer: 'watch' },
      { action: 'filter', keys: ['/'], description: 'show only commands with a text', footer: 'filter' },
      { action: 'copyId', keys: ['y'], description: 'copy the command ID' },
    ],
  },
  {
    contexts: ['commands'],
    keys: [{ action: 'clear', keys: ['esc'], description: 'clear the text filter' }],
  },
  {
    contexts: ['others'],
    keys: [
      {
        action: 'clear',
        keys: ['esc'],
        description: 'clear the text filter; then back to where o was pressed',
      },
    ],
  },
  {
    contexts: ['map'],
    keys: [
      { action: 'cellLeft', keys: ['left', 'h'], description: 'to the cell before' },
      { action: 'cellRight', keys: ['right', 'l'], description: 'to the next cell' },
    ],
  },
  {
    contexts: ['list', 'map'],
    keys: [
      { action: 'open', keys: ['enter'], description: 'open the output of the instance', footer: 'output' },
      { action: 'filter', keys: ['/'], description: 'show only rows with a text', footer: 'filter' },
      {
        action: 'failures',
        keys: ['f'],
        description: 'show only what ended and did not succeed',
        footer: 'failures',
      },
      { action: 'copyId', keys: ['y'], description: 'copy the instance ID' },
      { action: 'save', keys: ['ctrl-s'], description: 'save the outputs of all rows shown to files' },
    ],
  },
  {
    contexts: ['list'],
    keys: [
      { action: 'sortNext', keys: ['>'], description: 'sort by the next column', footer: 'sort' },
      { action: 'sortPrevious', keys: ['<'], description: 'sort by the previous column' },
      { action: 'sortInvert', keys: ['I'], description: 'invert the order' },
      {
        action: 'clear',
        keys: ['esc'],
        description: 'clear /, the group, f, --status in turn; then go back',
      },
    ],
  },
  {
    contexts: ['map'],
    keys: [
      {
        action: 'mapOrder',
        keys: ['>'],
        description: 'worst first, or in the order of the list',
        footer: 'order',
      },
    ],
  },
  {
    contexts: ['groups'],
    keys: [
      {
        action: 'openGroup',
        keys: ['enter'],
        description: 'show only the instances of the group',
        footer: 'instances',
      },
    ],
  },
  {
    contexts: ['list', 'groups', 'map'],
    keys: [
      {
        action: 'nextOverview',
        keys: ['v'],
        description: 'instances, failures by cause, or map',
        footer: 'view',
      },
    ],
  },
  {
    contexts: ['groups', 'map'],
    keys: [{ action: 'back', keys: ['esc'], description: 'back to the instances', footer: 'back' }],
  },
  {
    contexts: ['detail', 'fields', 'help'],
    keys: [{ action: 'back', keys: ['esc', 'q'], description: 'back', footer: 'back' }],
  },
  {
    contexts: ['detail'],
    keys: [
      { action: 'search', keys: ['/'], description: 'search the output', footer: 'search' },
      { action: 'nextMatch', keys: ['n'], description: 'next match' },
      { action: 'previousMatch', keys: ['N'], description: 'previous match' },
      { action: 'nextPlugin', keys: ['tab'], description: 'next plugin', footer: 'plugin' },
      { action: 'previousPlugin', keys: ['shift-tab'], description: 'previous plugin' },
      { action: 'wrap', keys: ['w'], description: 'wrap long lines, or cut them', footer: 'wrap' },
      { action: 'follow', keys: ['F'], description: 'follow the end of the output', footer: 'follow' },
      { action: 'copyOutput', keys: ['y'], description: 'copy the output', footer: 'copy' },
      { action: 'others', keys: ['o'], description: 'other recent commands on the instance' },
      { action: 'save', keys: ['ctrl-s'], description: 'save the outputs of the instance to files' },
      { action: 'fields', keys: ['a'], description: 'all other fields that AWS gave of the invocation' },
    ],
  },
  {
    contexts: ['fields'],
    keys: [
      {
        action: 'fields',
        keys: ['a'],
        description: 'the fields of the command; then the output again',
        footer: 'next',
      },
      {
        action: 'parameters',
        keys: ['P'],
        description: "show or hide the command's parameters: maybe secrets",
      },
      { action: 'copyFields', keys: ['y'], description: 'copy the fields that are shown', footer: 'copy' },
    ],
  },
  {
    contexts: panes,
    keys: [
      { action: 'pause', keys: ['p'], description: 'pause polling, and go on' },
      { action: 'refresh', keys: ['r'], description: 'poll now' },
      { action: 'help', keys: ['?'], description: 'this help', footer: 'help' },
    ],
  },
  {
    contexts: ['commands', 'list', 'groups', 'map'],
    keys: [{ action: 'quit', keys: ['q'], description: 'quit', footer: 'quit' }],
  },
  {
    contexts: ['others'],
    keys: [{ action: 'back', keys: ['q'], description: 'back to where o was pressed', footer: 'back' }],
  },
  {
    contexts: everywhere,
    keys: [
      { action: 'leave', keys: ['ctrl-c'], description: 'quit, from anywhere' },
      { action: 'suspend', keys: ['ctrl-z'], description: 'suspend; fg brings it back' },
      { action: 'repaint', keys: ['ctrl-l'], description: 'draw the screen anew' },
    ],
  },
  {
    contexts: ['prompt'],
    keys: [
      { action: 'accept', keys: ['enter'], description: 'accept', footer: 'accept' },
      { action: 'cancel', keys: ['esc'], description: 'as it was before', footer: 'cancel' },
    ],
  },
];

export const keymap: readonly Binding[] = table.flatMap(({ contexts, keys }) =>
  keys.map((row) => ({ ...row, contexts, labels: row.keys.map(keyLabel) })),
);

/** The action that a key asks for, or null. */
export function actionFor(key: string, context: KeyContext): Action | null {
  return (
    keymap.find(({ keys, contexts }) => contexts.includes(context) && keys.includes(key))?.action ?? null
  );
}

/** The bindings that hold somewhere in a context. */
export function bindingsIn(context: KeyContext): Binding[] {
  return keymap.filter(({ contexts }) => contexts.includes(context));
}
