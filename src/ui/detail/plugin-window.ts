import { formatTime } from '../../domain/format.ts';
import type { Invocation, Plugin } from '../../domain/invocation.ts';
import { clamp } from '../../domain/viewport.ts';
import type { ScreenSize } from '../screen-size.ts';

/** The plugins that the table in the detail pane has: some around the one whose output is shown, or none without room. */
export interface PluginWindow {
  /** Index of the first. */
  readonly from: number;
  readonly count: number;
  /** Lines that the table takes, frame and titles included. */
  readonly height: number;
  /** Cells for the name of a plugin. */
  readonly nameWidth: number;
}

/** ink-table draws a line below each row, and three for frame and titles. */
const linesEach = 2;
const linesOfFrame = 3;
const mostPlugins = 5;
/** What the frame and all columns but name, exit code and start take at most. */
const otherCells = 47;
const narrowestExit = 4;
const narrowestStart = 8;
const narrowestName = 8;
const widestName = 32;

/** The window on the plugins for a screen of a size. The output keeps at least half of the screen. */
export function windowOnPlugins(
  {
    plugins,
    requestedAt,
  }: {
    readonly plugins: readonly Pick<Plugin, 'responseCode' | 'startedAt'>[];
    readonly requestedAt: Invocation['requestedAt'];
  },
  shownIndex: number,
  { columns, rows }: ScreenSize,
): PluginWindow {
  const room = Math.floor((rows / 2 - linesOfFrame) / linesEach);
  const exitWidth = plugins.reduce(
    (width, { responseCode }) => Math.max(width, String(responseCode ?? '').length),
    narrowestExit,
  );
  const startWidth = plugins.reduce(
    (width, plugin) => Math.max(width, startText(plugin, requestedAt).length),
    narrowestStart,
  );
  const nameWidth = clamp(columns - otherCells - exitWidth - startWidth, 0, widestName);
  const count = nameWidth < narrowestName ? 0 : clamp(room, 0, Math.min(plugins.length, mostPlugins));
  return {
    from: clamp(shownIndex - Math.floor(count / 2), 0, plugins.length - count),
    count,
    height: count === 0 ? 0 : count * linesEach + linesOfFrame,
    nameWidth,
  };
}

/** When a step began; the day is that of the invocation's request, which is told, where it is not told here. */
export function startText(
  { startedAt }: Pick<Plugin, 'startedAt'>,
  requestedAt: Invocation['requestedAt'],
): string {
  return startedAt === null ? '' : formatTime(startedAt, requestedAt ?? startedAt);
}
