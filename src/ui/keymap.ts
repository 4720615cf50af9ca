/** What keys can ask for. */
export type Action =
  | 'lineUp'
  | 'lineDown'
  | 'pageUp'
  | 'pageDown'
  | 'halfPageUp'
  | 'halfPageDown'
  | 'top'
  | 'bottom'
  | 'open'
  | 'openGroup'
  | 'nextView'
  | 'back'
  | 'clear'
  | 'filter'
  | 'search'
  | 'accept'
  | 'cancel'
  | 'nextMatch'
  | 'previousMatch'
  | 'failures'
  | 'sortNext'
  | 'sortPrevious'
  | 'sortInvert'
  | 'nextPlugin'
  | 'previousPlugin'
  | 'wrap'
  | 'follow'
  | 'pause'
  | 'refresh'
  | 'copyId'
  | 'copyOutput'
  | 'save'
  | 'help'
  | 'quit'
  | 'leave'
  | 'suspend'
  | 'repaint';

/** What takes the keys. */
export type KeyContext = 'list' | 'groups' | 'detail' | 'help' | 'prompt';

/** One row of the key table. It feeds the footer, the help screen and the README. */
export interface Binding {
  readonly action: Action;
  /** Names as `keyNames` gives them. */
  readonly keys: readonly string[];
  readonly contexts: readonly KeyContext[];
  /** How the keys are written for people. */
  readonly label: string;
  readonly description: string;
  /** One word for the footer; absent where the footer does not name it. */
  readonly footer?: string;
}

const panes: readonly KeyContext[] = ['list', 'groups', 'detail', 'help'];

export const keymap: readonly Binding[] = [
  { action: 'lineUp', keys: ['up', 'k'], contexts: panes, label: '↑ k', description: 'up a line' },
  { action: 'lineDown', keys: ['down', 'j'], contexts: panes, label: '↓ j', description: 'down a line' },
  {
    action: 'pageUp',
    keys: ['pageup', 'ctrl-b', 'b'],
    contexts: panes,
    label: 'PgUp Ctrl-B b',
    description: 'up a page',
  },
  {
    action: 'pageDown',
    keys: ['pagedown', 'ctrl-f', 'space'],
    contexts: panes,
    label: 'PgDn Ctrl-F Space',
    description: 'down a page',
  },
  { action: 'halfPageUp', keys: ['ctrl-u'], contexts: panes, label: 'Ctrl-U', description: 'up half a page' },
  {
    action: 'halfPageDown',
    keys: ['ctrl-d'],
    contexts: panes,
    label: 'Ctrl-D',
    description: 'down half a page',
  },
  { action: 'top', keys: ['g', 'home'], contexts: panes, label: 'g Home', description: 'to the top' },
  { action: 'bottom', keys: ['G', 'end'], contexts: panes, label: 'G End', description: 'to the bottom' },
  {
    action: 'open',
    keys: ['enter'],
    contexts: ['list'],
    label: '⏎',
    description: 'open the output of the instance',
    footer: 'output',
  },
  {
    action: 'openGroup',
    keys: ['enter'],
    contexts: ['groups'],
    label: '⏎',
    description: 'show only the instances of the group',
    footer: 'instances',
  },
  {
    action: 'nextView',
    keys: ['v'],
    contexts: ['list', 'groups'],
    label: 'v',
    description: 'instances, or failures by cause',
    footer: 'view',
  },
  {
    action: 'clear',
    keys: ['esc'],
    contexts: ['list'],
    label: 'Esc',
    description: 'back to the groups; else clear the text filter, then f, then --status',
  },
  {
    action: 'back',
    keys: ['esc'],
    contexts: ['groups'],
    label: 'Esc',
    description: 'back to the instances',
    footer: 'back',
  },
  {
    action: 'back',
    keys: ['esc', 'q'],
    contexts: ['detail', 'help'],
    label: 'Esc q',
    description: 'back',
    footer: 'back',
  },
  {
    action: 'filter',
    keys: ['/'],
    contexts: ['list'],
    label: '/',
    description: 'show only rows with a text',
    footer: 'filter',
  },
  {
    action: 'search',
    keys: ['/'],
    contexts: ['detail'],
    label: '/',
    description: 'search the output',
    footer: 'search',
  },
  { action: 'nextMatch', keys: ['n'], contexts: ['detail'], label: 'n', description: 'next match' },
  { action: 'previousMatch', keys: ['N'], contexts: ['detail'], label: 'N', description: 'previous match' },
  {
    action: 'failures',
    keys: ['f'],
    contexts: ['list'],
    label: 'f',
    description: 'show only what ended and did not succeed',
    footer: 'failures',
  },
  {
    action: 'sortNext',
    keys: ['>'],
    contexts: ['list'],
    label: '>',
    description: 'sort by the next column',
    footer: 'sort',
  },
  {
    action: 'sortPrevious',
    keys: ['<'],
    contexts: ['list'],
    label: '<',
    description: 'sort by the previous column',
  },
  { action: 'sortInvert', keys: ['I'], contexts: ['list'], label: 'I', description: 'invert the order' },
  {
    action: 'nextPlugin',
    keys: ['tab'],
    contexts: ['detail'],
    label: 'Tab',
    description: 'next plugin',
    footer: 'plugin',
  },
  {
    action: 'previousPlugin',
    keys: ['shift-tab'],
    contexts: ['detail'],
    label: 'Shift-Tab',
    description: 'previous plugin',
  },
  {
    action: 'wrap',
    keys: ['w'],
    contexts: ['detail'],
    label: 'w',
    description: 'wrap long lines, or cut them',
    footer: 'wrap',
  },
  {
    action: 'follow',
    keys: ['F'],
    contexts: ['detail'],
    label: 'F',
    description: 'follow the end of the output',
    footer: 'follow',
  },
  { action: 'pause', keys: ['p'], contexts: panes, label: 'p', description: 'pause polling, and go on' },
  { action: 'refresh', keys: ['r'], contexts: panes, label: 'r', description: 'poll now' },
  { action: 'copyId', keys: ['y'], contexts: ['list'], label: 'y', description: 'copy the instance ID' },
  {
    action: 'copyOutput',
    keys: ['y'],
    contexts: ['detail'],
    label: 'y',
    description: 'copy the output',
    footer: 'copy',
  },
  {
    action: 'save',
    keys: ['ctrl-s'],
    contexts: ['detail'],
    label: 'Ctrl-S',
    description: 'save the outputs of the instance to files',
  },
  { action: 'help', keys: ['?'], contexts: panes, label: '?', description: 'this help', footer: 'help' },
  {
    action: 'quit',
    keys: ['q'],
    contexts: ['list', 'groups'],
    label: 'q',
    description: 'quit',
    footer: 'quit',
  },
  {
    action: 'leave',
    keys: ['ctrl-c'],
    contexts: [...panes, 'prompt'],
    label: 'Ctrl-C',
    description: 'quit, from anywhere',
  },
  {
    action: 'suspend',
    keys: ['ctrl-z'],
    contexts: [...panes, 'prompt'],
    label: 'Ctrl-Z',
    description: 'suspend; fg brings it back',
  },
  {
    action: 'repaint',
    keys: ['ctrl-l'],
    contexts: [...panes, 'prompt'],
    label: 'Ctrl-L',
    description: 'draw the screen anew',
  },
  {
    action: 'accept',
    keys: ['enter'],
    contexts: ['prompt'],
    label: '⏎',
    description: 'accept',
    footer: 'accept',
  },
  {
    action: 'cancel',
    keys: ['esc'],
    contexts: ['prompt'],
    label: 'Esc',
    description: 'as it was before',
    footer: 'cancel',
  },
];

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
