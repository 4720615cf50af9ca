import { commandId, instanceId } from './fixtures.ts';

type Wire = Readonly<Record<string, unknown>>;

/** What AWS answers, at the limits of what it may and beyond them. */
export interface ExtremeRollout {
  readonly what: string;
  readonly command: Wire;
  readonly rows: readonly Wire[];
}

const requestedAt = 1_790_469_543;
const wide = '日'.repeat(255);
const invisible = '\u200b'.repeat(255);
const longLog = Array.from({ length: 10_000 }, (_, line) => `[${line}] ${'done '.repeat(line % 40)}`).join(
  '\n',
);
/** Epoch seconds: the year 0, the year 9999, the first and the last time that JavaScript knows, and beyond. */
const times = [-62_167_219_200, 253_402_300_799, -8.64e12, 8.64e12, 1e300];
const codes = [-2_147_483_648, -1_073_741_819, 2 ** 53, 1e308, -0.5];
const nested = Array.from({ length: 50 }).reduce<unknown>((inner) => [{ inner }], 'deep');

const command: Wire = {
  CommandId: commandId,
  DocumentName: 'AWS-RunShellScript',
  Comment: 'patch kernel',
  Status: 'InProgress',
  StatusDetails: 'InProgress',
  TargetCount: 3,
  MaxConcurrency: '50',
  MaxErrors: '10',
  RequestedDateTime: requestedAt,
  ExpiresAfter: requestedAt + 7_200,
};
const plugin: Wire = {
  Name: 'aws:runShellScript',
  Status: 'Failed',
  StatusDetails: 'Failed',
  ResponseCode: 1,
  ResponseStartDateTime: requestedAt,
  ResponseFinishDateTime: requestedAt + 1,
  Output: 'done',
};
const row: Wire = {
  CommandId: commandId,
  InstanceId: instanceId,
  InstanceName: 'web-eu-01',
  DocumentName: 'AWS-RunShellScript',
  Comment: 'patch kernel',
  RequestedDateTime: requestedAt,
  Status: 'Failed',
  StatusDetails: 'Failed',
  CommandPlugins: [plugin],
};

const rollout = (what: string, changed: Wire, ...rows: readonly Wire[]): ExtremeRollout => ({
  what,
  command: { ...command, ...changed },
  rows: rows.map((own, index) => ({ ...row, InstanceId: `i-0000000${index}`, ...own })),
});
const withPlugin = (changed: Wire): Wire => ({ CommandPlugins: [{ ...plugin, ...changed }] });

export const extremeRollouts: readonly ExtremeRollout[] = [
  rollout(
    'statuses that nobody knows',
    { Status: 'Contemplating', StatusDetails: 'Deep In Thought' },
    { Status: 'Dreaming', StatusDetails: 'Asleep' },
    { Status: 'Success', StatusDetails: 'Mostly' },
    { Status: 'Failed', StatusDetails: wide },
    withPlugin({ Status: 'Levitating', StatusDetails: '' }),
  ),
  rollout(
    'fields that nobody knows',
    { Mood: 'fine', Depth: nested, Many: Array.from({ length: 5_000 }, (_, index) => index) },
    { Mood: wide, Depth: nested, 'a.b[0]': null, ...withPlugin({ Mood: 7, Depth: nested }) },
  ),
  rollout('outputs of 10,000 lines', {}, withPlugin({ Output: longLog }), {
    CommandPlugins: [{ ...plugin, Output: `${longLog}\n----------ERROR-------\n${longLog}` }],
  }),
  rollout(
    'an output that is one line of 300,000 characters',
    {},
    withPlugin({ Output: 'x日'.repeat(150_000) }),
  ),
  rollout(
    'a document of 200 plugins',
    {},
    {
      CommandPlugins: Array.from({ length: 200 }, (_, step) => ({
        ...plugin,
        Name: `step${step}`,
        ...(step === 150 ? {} : { Status: 'Success', StatusDetails: 'Success', ResponseCode: 0 }),
      })),
    },
  ),
  rollout(
    'names of 255 wide characters',
    { DocumentName: wide, Comment: wide, MaxErrors: wide, MaxConcurrency: wide },
    { InstanceName: wide, DocumentName: wide, Comment: wide, ...withPlugin({ Name: wide, Output: wide }) },
    { InstanceName: '👩‍🚀'.repeat(255), InstanceId: wide },
    { InstanceName: 'é\u0301\u0302\u0303\u0304'.repeat(255), ...withPlugin({ Name: '\u0301'.repeat(255) }) },
  ),
  rollout(
    'names that are not seen',
    { DocumentName: invisible, Comment: invisible },
    { InstanceName: invisible },
  ),
  rollout('comments of 64 kB', { Comment: 'why '.repeat(16_384) }, { Comment: 'why '.repeat(16_384) }),
  rollout(
    'times at the ends of the calendar',
    { RequestedDateTime: -62_167_219_200, ExpiresAfter: 253_402_300_799 },
    ...times.map((time) => ({
      RequestedDateTime: time,
      ...withPlugin({ ResponseStartDateTime: time, ResponseFinishDateTime: -time }),
    })),
  ),
  rollout('exit codes without bounds', {}, ...codes.map((ResponseCode) => withPlugin({ ResponseCode }))),
  rollout('2^53 targets', { TargetCount: 2 ** 53, MaxErrors: '9'.repeat(300), MaxConcurrency: '-1' }, {}),
  rollout('fewer targets than none', { TargetCount: -5, MaxErrors: '-1%', MaxConcurrency: '1e999%' }, {}),
  rollout('half a target', { TargetCount: 0.5, MaxErrors: '' }, {}, {}),
  rollout(
    'nothing but what must be there',
    { ...Object.fromEntries(Object.keys(command).map((key) => [key, null])), CommandId: commandId },
    {
      ...Object.fromEntries(Object.keys(row).map((key) => [key, null])),
      CommandId: commandId,
      InstanceId: instanceId,
      Status: 'Failed',
    },
  ),
];
