import { explanation } from '../domain/detail.ts';
import type { FailureGroup } from '../domain/failure-groups.ts';
import { decisivePluginIndex, type Invocation, invocationKey } from '../domain/invocation.ts';
import type { OutputReading } from '../domain/output-reading.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { Derived } from './derived.ts';
import { type FieldsContent, fieldsContent } from './detail/fields-content.ts';
import { outputDocument } from './detail/output-blocks.ts';
import { findMatches, OutputDocument } from './detail/output-document.ts';
import { cutWidth, OutputView } from './detail/output-view.ts';
import { type PluginWindow, windowOnPlugins } from './detail/plugin-window.ts';
import { type HelpLine, helpLinesFor } from './help-lines.ts';
import { bodyHeight, tableHeight } from './layout.ts';
import { mapLayout } from './list/map-state.ts';
import { type ListChoice, type Listed, RolloutList } from './list/rollout-list.ts';
import type { ScreenSize } from './screen-size.ts';
import type { ScreenServices } from './services.ts';
import { type Drawn, openDetail, type ScreenState } from './state.ts';

/** All that is derived from the remote truth, the screen truth and the size of the screen. */
export interface ViewModel extends Drawn {
  /** The rows that pass the filter, in order. */
  readonly invocations: readonly Invocation[];
  /** What did not succeed of them, by cause; none where they are not shown. */
  readonly failureGroups: readonly FailureGroup[];
  /** What is known of the output that is open, or null. */
  readonly reading: OutputReading | null;
  /** The invocation that is open, or null. */
  readonly opened: Invocation | null;
  /** The plugins of it that are listed. */
  readonly pluginWindow: PluginWindow;
  /** The fields, where they are open. */
  readonly fields: FieldsContent | null;
  /** All lines of the help, where it is open. */
  readonly help: readonly HelpLine[] | null;
}

const noPlugins = { plugins: [], requestedAt: null };

const headerLines = 3;
const detailTitleLines = 1;
const fieldsTitleLines = 1;

/** What of the screen truth the view is derived from: where cursor and prompt are, and what was just told, is not in it. */
type ViewChoice = ListChoice & Pick<ScreenState, 'search' | 'wrap'>;

/** Derives the view for every frame and every key, and anew only when something is another that it is derived from. */
export class ViewModels {
  readonly #services: Pick<ScreenServices, 'outputs' | 'cliOptions'>;
  readonly #list = new RolloutList();
  readonly #view = new Derived<ViewModel>();

  constructor(services: Pick<ScreenServices, 'outputs' | 'cliOptions'>) {
    this.#services = services;
  }

  view(snapshot: Snapshot, state: ScreenState, size: ScreenSize): ViewModel {
    const { mode, filter, order, mapOrder, search, wrap } = state;
    const choice: ViewChoice = { mode, filter, order, mapOrder, search, wrap };
    const outputs = this.#services.outputs.getSnapshot();
    const sources = [snapshot, outputs, size.columns, size.rows, ...Object.values(choice)];
    return this.#view.of(sources, () =>
      deriveView(snapshot, choice, this.#list.list(snapshot, choice), size, this.#services),
    );
  }
}

/** Derives what the panes draw and what the reducer has to know. */
function deriveView(
  snapshot: Snapshot,
  state: ViewChoice,
  listed: Listed,
  size: ScreenSize,
  { outputs, cliOptions }: Pick<ScreenServices, 'outputs' | 'cliOptions'>,
): ViewModel {
  const body = bodyHeight(headerLines, snapshot, size);
  const detail = openDetail(state);
  const opened =
    detail === null ? null : (snapshot.rows.find((row) => hasKey(row, detail.invocationKey)) ?? null);
  const shownPluginIndex = detail?.pluginIndex ?? (opened ? decisivePluginIndex(opened) : 0);
  const plugin = opened?.plugins[shownPluginIndex];
  const reading = opened ? outputs.reading(opened, shownPluginIndex) : null;
  const document = opened ? outputDocument(opened, plugin, reading, cliOptions) : new OutputDocument([]);
  const fields = opened ? openedFields(state, snapshot, opened, shownPluginIndex, size) : null;
  const help = state.mode.kind === 'help' ? helpLinesFor(state.mode.under.kind) : null;
  const pluginWindow = windowOnPlugins(opened ?? noPlugins, shownPluginIndex, size);
  const explained = opened !== null && explanation(opened, snapshot.circumstances, 0) !== null;
  const head = opened ? detailTitleLines + (explained ? 1 : 0) + pluginWindow.height : 0;
  return {
    invocations: listed.invocations,
    failureGroups: listed.failureGroups,
    groupKeys: listed.failureGroups.map(({ key }) => key),
    rowKeys: listed.rowKeys,
    map: mapLayout(state.mode.kind === 'map' ? listed.invocations : [], size.columns, body),
    listHeight: tableHeight(body),
    paneLineCount: (help ?? fields?.lines ?? []).length,
    paneHeight: Math.max(0, help ? body : body - fieldsTitleLines),
    pluginCount: opened?.plugins.length ?? 0,
    shownPluginIndex,
    opened,
    reading,
    pluginWindow,
    output: new OutputView(
      document,
      findMatches(document, state.search),
      Math.max(0, body - head),
      state.wrap ? size.columns : null,
      cutWidth(size.columns, state.search),
      size.columns,
    ),
    fields,
    help,
  };
}

/** There can be ten thousand: most are told apart by less than a whole key. */
function hasKey(row: Invocation, key: string): boolean {
  return key.endsWith(row.instanceId) && key === invocationKey(row);
}

function openedFields(
  { mode }: ViewChoice,
  { command }: Snapshot,
  opened: Invocation,
  pluginIndex: number,
  { columns }: ScreenSize,
): FieldsContent | null {
  const pane = mode.kind === 'help' ? mode.under : mode;
  return pane.kind === 'fields' ? fieldsContent(pane, command, opened, pluginIndex, columns) : null;
}
