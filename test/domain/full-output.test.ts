import { expect, it } from 'vitest';
import { bestOutput } from '../../src/domain/full-output.ts';

const listed = 'first\n---Output truncated---\n----------ERROR-------\noops';
const output = { stdout: 'first\nsecond\n', stderr: 'oops\n', stdoutTruncated: false, stderrTruncated: true };
const ofTheList = {
  source: 'ListCommandInvocations',
  stdout: 'first',
  stdoutTruncated: true,
  stderr: 'oops',
};

it.each([
  ['the list while nothing else was read', null, ofTheList],
  ['the list while more is being read', { kind: 'reading' } as const, ofTheList],
  ['the list where no more can be read', { kind: 'failed', message: 'denied' } as const, ofTheList],
  ['what was read', { kind: 'read', output } as const, { source: 'GetCommandInvocation', ...output }],
])('the best output is that of %s', (_, reading, best) => {
  expect(bestOutput(listed, reading)).toMatchObject(best);
});
