import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useContext, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { countOf, formatCount } from '../../domain/format.ts';
import { isTerminal } from '../../domain/status.ts';
import type { CommandListSnapshot } from '../../watch/command-list.ts';
import { Footer } from '../footer.tsx';
import { ageText } from '../header/age-text.ts';
import { problemLines } from '../header/problem-lines.ts';
import { ProblemLines, TitleLine } from '../header/title-line.tsx';
import { HelpPane } from '../help-pane.tsx';
import { KeyLabelsContext } from '../keys/key-labels.ts';
import type { ScreenSize } from '../screen-size.ts';
import { cursorIndex, listTop } from '../state.ts';
import { layoutCommandColumns } from './command-columns.ts';
import { CommandTable } from './command-table.tsx';
import { type PickerController, pickerContext } from './picker-controller.ts';
import type { PickerServices } from './picker-services.ts';
import { type PickerState, visibleHelpTop } from './picker-state.ts';
import type { PickerView } from './picker-view.ts';

export interface PickerProps {
  readonly services: PickerServices;
  readonly controller: PickerController;
}

/** The screen on which a command is picked out of the recent ones. */
export function Picker({ services, controller }: PickerProps): ReactElement {
  const size = useWindowSize();
  const frame = useSyncExternalStore(controller.subscribe, () => controller.frame(size));
  const { moment, state, view } = frame;
  const { snapshot, monotonic, awsTime } = moment;
  const keyLabels = useContext(KeyLabelsContext);
  useLayoutEffect(() => controller.resize(size), [controller, size]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was read may fill the screen, or not
  useLayoutEffect(() => controller.fillScreen(), [controller, size, snapshot]);
  const columns = useMemo(() => layoutCommandColumns(size.columns), [size.columns]);
  const index = cursorIndex(state, view.rowKeys);
  const top = listTop(state, view);
  const firstHelpLine = visibleHelpTop(state, view);
  return (
    <Box flexDirection="column" height={size.rows} overflow="hidden">
      <PickerHeader services={services} snapshot={snapshot} view={view} now={monotonic} size={size} />
      {state.helpTop === null ? (
        <CommandTable
          commands={view.commands.slice(top, top + view.listHeight)}
          columns={columns}
          cursorId={view.rowKeys[index] ?? null}
          awsTime={awsTime}
          emptyText={emptyText(view, snapshot, services.except, keyLabels.of('↓'))}
        />
      ) : (
        <HelpPane lines={view.help.slice(firstHelpLine, firstHelpLine + view.helpHeight)} />
      )}
      <Footer
        context={pickerContext(state, services)}
        prompt={state.prompt}
        input={state.text}
        notice={state.notice}
        position={positionText(state, view, snapshot.hasMore)}
        screenWidth={size.columns}
      />
    </Box>
  );
}

interface PickerHeaderProps {
  readonly services: PickerServices;
  readonly snapshot: CommandListSnapshot;
  readonly view: PickerView;
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly size: ScreenSize;
}

function PickerHeader({ services, snapshot, view, now, size }: PickerHeaderProps): ReactElement {
  const { instanceId, place, interval, back } = services;
  const age = ageText(snapshot, now, interval, size.columns);
  const title = instanceId === null ? 'recent commands' : `commands on ${instanceId}`;
  return (
    <Box flexDirection="column" flexShrink={0} overflow="hidden">
      <TitleLine
        title={title}
        place={place()}
        age={age}
        leastTitle={title.length}
        screenWidth={size.columns}
      />
      <Text wrap="truncate">
        {' '}
        {extentText(view, snapshot, services.except)}
        {back === null ? null : '  Esc goes back'}
      </Text>
      <ProblemLines lines={problemLines(snapshot, now, size)} />
    </Box>
  );
}

/** How many commands there are, as far as they were read. */
function extentText(
  { listed }: PickerView,
  { hasMore, readAt }: CommandListSnapshot,
  except: string | null,
): string {
  if (readAt === null) return 'looking for commands';
  const open = listed.filter((command) => !isTerminal(command)).length;
  const count = countOf(listed.length, except === null ? 'command' : 'other command');
  const extent = hasMore
    ? `the newest ${count}; older ones are read as you scroll`
    : `${count}, all that AWS lists`;
  return open === 0 ? extent : `${extent}  ${formatCount(open)} not over`;
}

function emptyText(
  { commands, listed }: PickerView,
  { hasMore, readAt }: CommandListSnapshot,
  except: string | null,
  downLabel: string,
): string | null {
  if (commands.length > 0 || readAt === null) return null;
  if (listed.length === 0) {
    return hasMore
      ? null
      : `AWS keeps commands for 30 days, and lists ${except === null ? 'none' : 'no other'} here`;
  }
  return hasMore
    ? `no command that was read passes the filter; ${downLabel} reads on, Esc clears it`
    : 'no command passes the filter; Esc clears it';
}

function positionText(state: PickerState, view: PickerView, hasMore: boolean): string {
  if (state.helpTop !== null) {
    const top = visibleHelpTop(state, view);
    return `${top + 1}–${Math.min(view.helpLineCount, top + view.helpHeight)} of ${view.helpLineCount}`;
  }
  const of = `${formatCount(view.listed.length)}${hasMore ? '+' : ''}`;
  if (state.text === '' && !state.prompt)
    return `${formatCount(cursorIndex(state, view.rowKeys) + 1)} of ${of}`;
  const limit = state.prompt ? '' : `: /${state.text}`;
  return `${formatCount(view.rowKeys.length)} of ${of} shown${limit}`;
}
