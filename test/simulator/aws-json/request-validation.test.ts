import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/simulator/aws-json/request-validation.ts';
import type { JsonOperation } from '../../../src/simulator/operations.ts';

const read = (operation: JsonOperation, input: unknown) =>
  readRequest(operation, typeof input === 'string' ? input : JSON.stringify(input));

const uuid = 'b8eac879-0541-439d-94ec-47a80d554f44';
const failed = (value: string, at: string, constraint: string) =>
  `1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: Member must ${constraint}`;

describe('ValidationException', () => {
  test.each<[JsonOperation, unknown, string]>([
    [
      'ListCommands',
      { CommandId: 'short' },
      failed("'short'", 'commandId', 'have length greater than or equal to 36'),
    ],
    [
      'ListCommands',
      { CommandId: `${uuid}0` },
      failed(`'${uuid}0'`, 'commandId', 'have length less than or equal to 36'),
    ],
    [
      'ListCommandInvocations',
      { InstanceId: 'i-12' },
      failed(
        "'i-12'",
        'instanceId',
        String.raw`satisfy regular expression pattern: (^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)`,
      ),
    ],
    [
      'ListCommandInvocations',
      { MaxResults: 0 },
      failed("'0'", 'maxResults', 'have value greater than or equal to 1'),
    ],
    [
      'ListCommandInvocations',
      { MaxResults: 51 },
      failed("'51'", 'maxResults', 'have value less than or equal to 50'),
    ],
    [
      'ListCommandInvocations',
      { Filters: [] },
      failed("'[]'", 'filters', 'have length greater than or equal to 1'),
    ],
    [
      'ListCommandInvocations',
      { Filters: [{ key: 'Name', value: 'x' }] },
      failed(
        "'Name'",
        'filters.1.member.key',
        'satisfy enum value set: [InvokedAfter, InvokedBefore, Status, ExecutionStage, DocumentName]',
      ),
    ],
    [
      'ListCommandInvocations',
      { Filters: [{ key: 'Status' }] },
      failed('null', 'filters.1.member.value', 'not be null'),
    ],
    ['GetCommandInvocation', { CommandId: uuid }, failed('null', 'instanceId', 'not be null')],
    [
      'GetCommandInvocation',
      { CommandId: uuid, InstanceId: null },
      failed('null', 'instanceId', 'not be null'),
    ],
    [
      'SendCommand',
      { DocumentName: 'AWS-RunShellScript', TimeoutSeconds: 29 },
      failed("'29'", 'timeoutSeconds', 'have value greater than or equal to 30'),
    ],
    [
      'SendCommand',
      { DocumentName: 'AWS-RunShellScript', MaxConcurrency: '0' },
      failed(
        "'0'",
        'maxConcurrency',
        'satisfy regular expression pattern: ^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$',
      ),
    ],
    [
      'SendCommand',
      { DocumentName: 'AWS-RunShellScript', MaxErrors: '101%' },
      failed(
        "'101%'",
        'maxErrors',
        'satisfy regular expression pattern: ^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$',
      ),
    ],
    [
      'DescribeInstanceInformation',
      { MaxResults: 4 },
      failed("'4'", 'maxResults', 'have value greater than or equal to 5'),
    ],
  ])('%s %j', (operation, input, message) => {
    expect(() => read(operation, input)).toThrow(
      expect.objectContaining({ type: 'ValidationException', status: 400 }),
    );
    expect(() => read(operation, input)).toThrow(message);
  });

  test('filters are lower-case: Key and Value are not known, so key and value are missing', () => {
    expect(() => read('ListCommands', { Filters: [{ Key: 'Status', Value: 'Failed' }] })).toThrow(
      "2 validation errors detected: Value null at 'filters.1.member.key' failed to satisfy constraint: Member must not be null; Value null at 'filters.1.member.value'",
    );
  });

  test('six filters are too many, and so are 51 instance IDs', () => {
    const filters = Array.from({ length: 6 }, () => ({ key: 'Status', value: 'Failed' }));
    expect(() => read('ListCommands', { Filters: filters })).toThrow('have length less than or equal to 5');
    const ids = Array.from({ length: 51 }, () => 'i-0123456789abcdef0');
    expect(() => read('CancelCommand', { CommandId: uuid, InstanceIds: ids })).toThrow(
      'less than or equal to 50',
    );
  });
});

describe('SerializationException', () => {
  test.each<[JsonOperation, unknown, string]>([
    ['ListCommands', '{"CommandId":', ''],
    ['ListCommands', '[]', 'Start of list found where not expected'],
    ['ListCommands', { CommandId: 7 }, 'NUMBER_VALUE can not be converted to a String'],
    ['ListCommands', { MaxResults: '7' }, 'STRING_VALUE can not be converted to an Integer'],
    ['ListCommands', { MaxResults: 7.5 }, 'NUMBER_VALUE can not be converted to an Integer'],
    ['ListCommandInvocations', { Details: 'true' }, 'STRING_VALUE can not be converted to a Boolean'],
    ['ListCommandInvocations', { CommandId: true }, 'TRUE_VALUE can not be converted to a String'],
    [
      'ListCommandInvocations',
      { CommandId: { id: 1 } },
      'Start of structure or map found where not expected.',
    ],
    ['ListCommandInvocations', { Filters: 'Status' }, 'Expected list or null'],
    ['SendCommand', { Parameters: ['commands'] }, 'Start of list found where not expected'],
    ['SendCommand', { Parameters: 'commands' }, 'Expected map or null'],
  ])('%s %j', (operation, input, message) => {
    expect(() => read(operation, input)).toThrow(
      expect.objectContaining({ type: 'SerializationException', status: 400, message }),
    );
  });
});

test('unknown members are ignored, null ones count as absent, and no body is an empty one', () => {
  expect(read('ListCommands', { Colour: 'red', CommandId: null, MaxResults: 5 })).toMatchObject({
    MaxResults: 5,
  });
  expect(read('ListCommands', { CommandId: null })).not.toHaveProperty('CommandId');
  expect(read('ListCommands', '')).toEqual({});
});
