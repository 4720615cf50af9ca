import { expect, it } from 'vitest';
import { commandTitle, overviewFromInvocation } from '../../src/domain/command.ts';
import { commandId, invocation, requestedAt } from '../helpers/fixtures.ts';

it('a row tells of its command the document, the comment and the request, and nothing of its own status', () => {
  expect(overviewFromInvocation(invocation({ status: 'Failed' }))).toEqual({
    commandId,
    documentName: 'AWS-RunShellScript',
    comment: 'patch kernel',
    status: null,
    statusDetails: null,
    targetCount: null,
    maxConcurrency: null,
    maxErrors: null,
    requestedAt,
    expiresAt: null,
    allFields: [],
    parameters: [],
    targets: [],
    instanceIds: [],
    alarms: [],
    triggeredAlarms: [],
  });
});

it('a row without a document tells of none', () => {
  expect(overviewFromInvocation(invocation({ documentName: '' })).documentName).toBeNull();
});

it.each([
  ['AWS-RunShellScript', 'patch', 'AWS-RunShellScript · patch'],
  ['AWS-RunShellScript', '', 'AWS-RunShellScript'],
  [null, 'patch', 'patch'],
  [null, null, ''],
])('a command of %j and %j is called %j', (documentName, comment, title) => {
  expect(commandTitle({ documentName, comment })).toBe(title);
});
