import { Box, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import { Body } from './body.tsx';
import { contextOf, promptText, type ScreenController } from './controller.ts';
import { Footer } from './footer.tsx';
import { Header } from './header/header.tsx';
import { positionText } from './position.ts';
import type { ScreenServices } from './services.ts';

export interface AppProps {
  readonly services: ScreenServices;
  readonly controller: ScreenController;
}

/** The whole screen: where the remote truth and the screen truth meet. */
export function App({ services, controller }: AppProps): ReactElement {
  const size = useWindowSize();
  const frame = useSyncExternalStore(controller.subscribe, () => controller.frame(size));
  useLayoutEffect(() => controller.resize(size), [controller, size]);
  const { moment, state, view } = frame;
  const { snapshot, awsTime } = moment;
  // What is open changes, comes to its end and is read on without a key.
  useEffect(() => controller.readInSight());
  // Most keys change nothing of it, and much of it is counted from all rows.
  const header = useMemo(
    () => (
      <Header
        snapshot={moment.snapshot}
        commandId={services.commandId}
        place={services.place()}
        interval={services.interval}
        now={moment.monotonic}
        awsTime={moment.awsTime}
        durationMs={services.duration()}
        screenWidth={size.columns}
        screenHeight={size.rows}
      />
    ),
    [services, moment, size.columns, size.rows],
  );
  return (
    <Box flexDirection="column" height={size.rows} overflow="hidden">
      {header}
      <Body state={state} view={view} awsTime={awsTime} size={size} snapshot={snapshot} />
      <Footer
        context={contextOf(state)}
        prompt={state.prompt}
        input={promptText(state)}
        notice={state.notice}
        position={positionText(state, view, snapshot.rows.length)}
        screenWidth={size.columns}
      />
    </Box>
  );
}
