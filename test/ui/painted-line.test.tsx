import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, it, vi } from 'vitest';
import { PaintedLine } from '../../src/ui/painted-line.tsx';
import { frameOf } from './frame.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

const red = '\u001b[31m✗\u001b[39m 日本 has failed';

it('is drawn as it was painted', () => {
  expect(frameOf(<PaintedLine text={red} width={17} />)).toBe(red);
});

it('may be shorter than it is said to be', () => {
  expect(frameOf(<PaintedLine text={red} width={40} />)).toBe(red);
});

it('is cut where the terminal has got narrower since', () => {
  const line = () => <PaintedLine text={red} width={17} />;
  const { stdout, lastFrame, rerender } = render(line());
  Object.defineProperty(stdout, 'columns', { value: 8, configurable: true });
  rerender(line());
  expect(lastFrame()).toBe('\u001b[31m✗\u001b[39m 日本 …');
});

it('lies below the one before', () => {
  const two = (
    <Box flexDirection="column">
      <PaintedLine text="✗ one" width={5} />
      <PaintedLine text="✓ two" width={5} />
    </Box>
  );
  expect(frameOf(two)).toBe('✗ one\n✓ two');
});

it('is drawn anew when its text changes and its width does not', () => {
  const { lastFrame, rerender } = render(<PaintedLine text="✗ one" width={5} />);
  rerender(<PaintedLine text="✓ two" width={5} />);
  expect(lastFrame()).toBe('✓ two');
});

it('is read out as text', () => {
  vi.stubEnv('INK_SCREEN_READER', 'true');
  expect(frameOf(<PaintedLine text="✗ one" width={5} />)).toBe('✗ one');
});
