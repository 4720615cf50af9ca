import { describe, expect, test } from 'vitest';
import { invocationContent, pluginOutput } from '../../../src/simulator/aws-json/output-limits.ts';

const title = '\n----------ERROR-------\n';
const outputMark = '\n---Output truncated---';
const errorMark = '\n---Error truncated----';
const bytes = (text: string) => Buffer.byteLength(text);

describe('CommandPlugins[].Output', () => {
  test.each([
    ['nothing', '', '', ''],
    ['stdout alone', 'out\n', '', 'out\n'],
    ['stderr alone', '', 'err\n', `${title}err\n`],
    ['both', 'out\n', 'err\n', `out\n${title}err\n`],
  ])('%s', (_, stdout, stderr, output) => {
    expect(pluginOutput({ stdout, stderr })).toBe(output);
  });

  test('2,500 bytes fit, 2,501 do not', () => {
    expect(pluginOutput({ stdout: 'x'.repeat(2500), stderr: '' })).toBe('x'.repeat(2500));
    const cut = pluginOutput({ stdout: 'x'.repeat(2501), stderr: '' });
    expect(cut).toBe('x'.repeat(2500 - bytes(outputMark)) + outputMark);
  });

  test('two long streams have half each', () => {
    const output = pluginOutput({ stdout: 'o'.repeat(9000), stderr: 'e'.repeat(9000) });
    expect(bytes(output)).toBe(2500);
    const [out = '', error = ''] = output.split(title);
    expect(bytes(out)).toBe(bytes(error));
    expect(out.endsWith(outputMark)).toBe(true);
    expect(error.endsWith(errorMark)).toBe(true);
  });

  test('what one stream does not need, the other gets', () => {
    const longError = pluginOutput({ stdout: 'out', stderr: 'e'.repeat(9000) });
    expect(bytes(longError)).toBe(2500);
    expect(longError.startsWith(`out${title}eee`)).toBe(true);
    const longOutput = pluginOutput({ stdout: 'o'.repeat(9000), stderr: 'err' });
    expect(bytes(longOutput)).toBe(2500);
    expect(longOutput.endsWith(`${outputMark}${title}err`)).toBe(true);
  });

  test('a character can be cut in two', () => {
    expect(pluginOutput({ stdout: 'é'.repeat(2000), stderr: '' })).toContain(`\uFFFD${outputMark}`);
  });
});

test('GetCommandInvocation counts characters, the mark included', () => {
  expect(invocationContent('é'.repeat(24_000), 24_000)).toBe('é'.repeat(24_000));
  const cut = invocationContent('é'.repeat(8001), 8_000);
  expect(cut).toHaveLength(8000);
  expect(cut.endsWith('é--output truncated--')).toBe(true);
});
