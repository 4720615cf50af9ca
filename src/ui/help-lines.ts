import { type Binding, bindingsIn, type KeyContext, keymap, placeNames } from './keys/keymap.ts';

/** One line of the help. */
export interface HelpLine {
  /** Place in the whole, from 0. */
  readonly index: number;
  /** The keys that do it; null for a title. */
  readonly labels: readonly string[] | null;
  readonly text: string;
}

/** The titles of the places, in their order. The help itself has no keys but those that hold in other places, too. */
const titles = {
  list: 'In the list',
  groups: 'In the failures by cause',
  map: 'In the map',
  detail: 'In the output of an instance',
  fields: 'In the other fields',
  commands: 'In the recent commands',
  others: 'In the other commands on an instance',
  prompt: 'In a line of input',
} satisfies Partial<Record<KeyContext, string>>;

/** A place that has keys of its own. */
export type HelpPlace = keyof typeof titles;

const places = Object.keys(titles) as HelpPlace[];

/** What holds in every pane, and so everywhere but, some of it, in a line of input. */
const inEveryPane = keymap.filter(({ contexts }) =>
  Object.keys(placeNames).every((place) => place === 'prompt' || contexts.includes(place as KeyContext)),
);

/** All keys: first those of the place where one asks, then those of every pane, then those of the other places. */
export function helpLinesFor(place: HelpPlace): readonly HelpLine[] {
  const others = places.filter((other) => other !== place);
  return [ownOf(place), section('In every pane', inEveryPane), ...others.map(ownOf)]
    .flat()
    .map((line, index) => ({ ...line, index }));
}

function ownOf(place: HelpPlace): Omit<HelpLine, 'index'>[] {
  const own = bindingsIn(place).filter((binding) => place === 'prompt' || !inEveryPane.includes(binding));
  return section(titles[place], own);
}

function section(title: string, bindings: readonly Binding[]): Omit<HelpLine, 'index'>[] {
  return [
    { labels: null, text: title },
    ...bindings.map(({ labels, description }) => ({ labels, text: description })),
  ];
}
