import { describe, expect, it } from 'vitest';
import { findCommandIds, isCommandId } from '../../src/domain/command-id.ts';
import { commandId } from '../helpers/fixtures.ts';

const another = '0fd3c10a-7c2e-4d55-9a51-1f0e2d3c4b5a';

/** What `aws ssm send-command` of AWS CLI 1.45 prints; the YAML is that of version 2. The comment names a UUID. */
const samples = {
  json: `{
    "Command": {
        "CommandId": "${commandId}",
        "DocumentName": "AWS-RunShellScript",
        "DocumentVersion": "$DEFAULT",
        "Comment": "change ${another}",
        "ExpiresAfter": 1790476743.112,
        "Parameters": {
            "commands": [
                "yum -y update kernel"
            ]
        },
        "InstanceIds": [],
        "Status": "Pending",
        "StatusDetails": "Pending"
    }
}
`,
  yaml: `Command:
  AlarmConfiguration:
    Alarms: []
    IgnorePollAlarmFailure: false
  CloudWatchOutputConfig:
    CloudWatchLogGroupName: ''
    CloudWatchOutputEnabled: false
  CommandId: ${commandId}
  Comment: change ${another}
  DocumentName: AWS-RunShellScript
  Parameters:
    commands:
    - yum -y update kernel
  Status: Pending
`,
  table: `---------------------------------------------------------------------
|                            SendCommand                            |
+-------------------------------------------------------------------+
||                             Command                             ||
|+------------------------+----------------------------------------+|
||  Comment               |  ${another}  ||
||  CommandId             |  ${commandId}  ||
||  CompletedCount        |  0                                     ||
||  ServiceRole           |                                        ||
|+------------------------+----------------------------------------+|
|||                      AlarmConfiguration                       |||
||+----------------------------------------------+----------------+||
|||  IgnorePollAlarmFailure                      |  False         |||
||+----------------------------------------------+----------------+||
`,
};

const text = (comment: string, id = commandId) =>
  `COMMAND\t${id}\t${comment}\t0\t0\tAWS-RunShellScript\t$DEFAULT\t0\t1790476743.112\t50\t10\t\t\t\t1790469543.112\t\tPending\tPending\t0\t3600
ALARMCONFIGURATION\tFalse
CLOUDWATCHOUTPUTCONFIG\t\tFalse
NOTIFICATIONCONFIG\t\t
COMMANDS\tyum -y update kernel
TARGETS\ttag:Role
VALUES\tweb
`;

/** `--query 'Command.[CommandId]' --output table`: no field name is left. */
const queriedTable = `------------------------------------------
|               SendCommand              |
+----------------------------------------+
|  ${commandId}  |
+----------------------------------------+
`;

describe('findCommandIds', () => {
  it.each(Object.entries(samples))('%s: the CommandId field wins over another UUID', (_, sample) => {
    expect(findCommandIds(sample)).toEqual([commandId]);
    expect(findCommandIds(sample.replaceAll('\n', '\r\n'))).toEqual([commandId]);
  });

  it.each<[string, string, string[]]>([
    ['text', text('patch kernel'), [commandId]],
    ['text with a second UUID', text(another), [commandId, another]],
    ['a table of the ID alone', queriedTable, [commandId]],
    ['a bare ID', `${commandId}\n`, [commandId]],
    ['a quoted ID', `"${commandId}"`, [commandId]],
    [
      'JSON in a string',
      JSON.stringify(JSON.stringify({ Comment: another, CommandId: commandId })),
      [commandId],
    ],
    ['compact JSON', `{"Command":{"Comment":"${another}","CommandId":"${commandId}"}}`, [commandId]],
    ['a Python dict', `{'Comment': '${another}', 'CommandId': '${commandId}'}`, [commandId]],
    ['quoted YAML', `- Command:\n    CommandId: '${commandId}'\n    Comment: ${another}`, [commandId]],
    ['several fields', `"CommandId": "${commandId}"\n"CommandId": "${another}"`, [commandId, another]],
    ['several UUIDs', `${another} ${commandId}`, [another, commandId]],
    ['the same one twice', `${commandId} ${commandId.toUpperCase()}`, [commandId]],
    ['upper case', `COMMAND\t${commandId.toUpperCase()}\t`, [commandId]],
    ['an upper case field', `"CommandId": "${commandId.toUpperCase()}"`, [commandId]],
    ['nothing', '', []],
    [
      'an error of the CLI',
      'An error occurred (InvalidDocument) when calling the SendCommand operation: \n',
      [],
    ],
    ['an empty field', `CommandId: ''`, []],
    ['a field that is no UUID, and one elsewhere', `CommandId: none\nComment: ${another}`, [another]],
    [
      'another field that ends alike',
      `"ParentCommandId": "${another}"\n"CommandId": "${commandId}"`,
      [commandId],
    ],
    ['hex before', `f${commandId}`, []],
    ['a digit before', `0${commandId}`, []],
    ['hex after', `${commandId}0`, []],
    ['a hyphen and more before', `7-${commandId}`, []],
    ['a hyphen and more after', `${commandId}-7`, []],
    ['hex after, in a field', `"CommandId": "${commandId}0"`, []],
    ['no hyphens', commandId.replaceAll('-', ''), []],
  ])('%s', (_, input, ids) => expect(findCommandIds(input)).toEqual(ids));
});

describe('isCommandId', () => {
  it.each([
    [commandId, true],
    [commandId.toUpperCase(), true],
    ['', false],
    [`${commandId}\n`, false],
    [` ${commandId}`, false],
    [`${commandId}0`, false],
    [commandId.replaceAll('-', ''), false],
    [commandId.replace('b', 'g'), false],
  ])('%j: %s', (input, is) => expect(isCommandId(input)).toBe(is));
});
