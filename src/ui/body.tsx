import { type ReactElement, useMemo } from 'react';
import { explanation } from '../domain/detail.ts';
import { invocationKey } from '../domain/invocation.ts';
import type { RowFilter } from '../domain/rows.ts';
import { sanitiseLine } from '../domain/sanitise.ts';
import { topFor } from '../domain/viewport.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import { FieldsPane } from './detail/fields-pane.tsx';
import { nothingListedText } from './header/state-text.ts';
import { HelpPane } from './help-pane.tsx';
import { layoutColumns } from './list/columns.ts';
import { GroupTable, groupLines } from './list/group-table.tsx';
import { InstanceTable } from './list/instance-table.tsx';
import { MapPane } from './list/map-pane.tsx';
import { cellIndex, orderText } from './list/map-state.ts';
import type { ScreenSize } from './screen-size.ts';
import { cursorIndex, groupIndex, listTop, outputTop, paneTop, type ScreenState } from './state.ts';
import type { ViewModel } from './view-model.ts';

interface BodyProps {
  readonly state: ScreenState;
  readonly view: ViewModel;
  readonly awsTime: number;
  readonly size: ScreenSize;
  readonly snapshot: Snapshot;
}

/** What is between header and footer: the pane that the mode asks for. */
export function Body({ state, view, awsTime, size, snapshot }: BodyProps): ReactElement {
  const columns = useMemo(() => layoutColumns(size.columns), [size.columns]);
  const { mode } = state;
  const top = paneTop(state, view);
  if (view.help) return <HelpPane lines={view.help.slice(top, top + view.paneHeight)} />;
  if (mode.kind === 'fields' && view.opened && view.fields) {
    return (
      <FieldsPane
        of={mode.of}
        invocation={view.opened}
        lines={view.fields.lines.slice(top, top + view.paneHeight)}
      />
    );
  }
  if (mode.kind === 'detail' && view.opened) {
    return (
      <DetailPane
        invocation={view.opened}
        explained={explanation(view.opened, snapshot.circumstances, awsTime)}
        shownPluginIndex={view.shownPluginIndex}
        rows={view.output.rows(outputTop(state))}
        search={state.search}
        pluginWindow={view.pluginWindow}
        awsTime={awsTime}
        screenWidth={size.columns}
      />
    );
  }
  if (mode.kind === 'groups') {
    const index = groupIndex(state, view.groupKeys);
    const height = groupLines(view.listHeight);
    const firstGroup = topFor(index, { top: 0, height }, view.groupKeys.length);
    return (
      <GroupTable
        groups={view.failureGroups.slice(firstGroup, firstGroup + height)}
        cursorKey={view.groupKeys[index] ?? null}
        failures={view.failureGroups.reduce((sum, { invocations }) => sum + invocations.length, 0)}
        awsTime={awsTime}
        height={view.listHeight}
        emptyText={noGroupsText(view.groupKeys.length, state.filter)}
      />
    );
  }
  if (mode.kind === 'map') {
    return (
      <MapPane
        rows={view.invocations}
        layout={view.map}
        cursorCell={cellIndex(state, view)}
        order={orderText(state)}
        screenWidth={size.columns}
        height={view.listHeight + 1}
        emptyText={emptyText(view.invocations.length, snapshot)}
        circumstances={snapshot.circumstances}
      />
    );
  }
  const firstRow = listTop(state, view);
  const underCursor = view.invocations[cursorIndex(state, view.rowKeys)];
  return (
    <InstanceTable
      rows={view.invocations.slice(firstRow, firstRow + view.listHeight)}
      circumstances={snapshot.circumstances}
      columns={columns}
      cursorKey={underCursor ? invocationKey(underCursor) : null}
      order={state.order}
      awsTime={awsTime}
      emptyText={emptyText(view.invocations.length, snapshot)}
    />
  );
}

function emptyText(shown: number, { rows, verdict, command }: Snapshot): string | null {
  if (shown > 0) return null;
  if (rows.length > 0) return 'no row passes the filter; Esc clears it';
  return verdict ? sanitiseLine(nothingListedText(verdict, command)) : 'no invocation is listed yet';
}

function noGroupsText(shown: number, { text, statuses }: RowFilter): string | null {
  if (shown > 0) return null;
  return text === '' && statuses.length === 0
    ? 'nothing has failed'
    : 'no failure passes the filter; Esc goes back';
}
