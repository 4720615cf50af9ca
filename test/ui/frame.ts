import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { createElement, type ReactNode } from 'react';

/** The frame that a component makes by itself on a screen of so many columns, at most 100; cut there as the App is. */
export function frameOf(node: ReactNode, columns = 100): string {
  const screen = { width: columns, flexDirection: 'column', overflow: 'hidden' } as const;
  const { lastFrame, unmount } = render(createElement(Box, screen, node));
  const frame = lastFrame() ?? '';
  unmount();
  return frame;
}
