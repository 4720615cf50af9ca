import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOf, maskLine } from '../../src/domain/cause.ts';
import type { Invocation } from '../../src/domain/invocation.ts';
import { hostileText, instanceId, invocation } from '../helpers/fixtures.ts';
import { failure, sameCause, stderr } from './same-cause.ts';

/** Times as programs write them, each a day and some seconds apart. */
const times: readonly (readonly [string, string])[] = [
  ['2026-11-22T10:15:23.123Z', '2026-11-23T10:15:59Z'],
  ['2026-11-22T10:15:23+01:00', '2026-11-23T10:15:59-0730'],
  ['2026-11-22 10:15:23,456', '2026-11-23 10:15:59,001'],
  ['2026-11-22 10:15', '2026-11-23 23:59'],
  ['2026-11-30', '2026-12-01'],
  ['Nov 30 10:15:23', 'Dec  1 00:00:59'],
  ['Sun Nov 29 10:15:23 2026', 'Tue Dec  1 00:00:59 2026'],
  ['Sun Nov 29 10:15:23 UTC 2026', 'Tue Dec  1 00:00:59 UTC 2026'],
  ['Sun, 29 Nov 2026 10:15:23 GMT', 'Tue, 01 Dec 2026 00:00:59 GMT'],
  ['30/Nov/2026:10:15:23 +0000', '01/Dec/2026:00:00:59 +0000'],
  ['2026/11/22 10:15:23', '2026/11/23 00:00:59'],
  ['11/22/2026 9:15:23 AM', '11/23/2026 12:00:59 PM'],
  ['10:15:23', '23:59:59.999'],
  ['9:15:23.5', '12:00:00,123'],
  ['1795342523', '1795428999'],
];

const said = (line: string, change: Partial<Invocation> = {}) => causeOf(failure(stderr(line), change));

describe('the same cause', () => {
  it.each(sameCause)('%s', (_, outputs) => {
    const causes = outputs.map((output) => causeOf(failure(output)));
    expect(causes).toEqual(causes.map(() => causes[0]));
    expect(causes[0]).toMatch(/\p{L}{2}/u);
  });

  it.each(times)('at %s and at %s', (time, later) => {
    for (const line of [
      (at: string) => `${at} ERROR migration failed`,
      (at: string) => `[${at}] ERROR: migration failed`,
      (at: string) => `migration failed at ${at}`,
    ]) {
      expect(said(line(later))).toBe(said(line(time)));
    }
  });

  it('names the node itself, by ID, by name, by short name', () => {
    const web = { instanceId, instanceName: 'web-eu.example.com' };
    const db = { instanceId: 'mi-0a1b2c3d4e5f60718', instanceName: 'database' };
    for (const line of [
      ({ instanceId: id = '' }: Partial<Invocation>) => `${id} is not registered`,
      ({ instanceName = '' }: Partial<Invocation>) => `sudo: unable to resolve host ${instanceName}`,
      ({ instanceName = '' }: Partial<Invocation>) =>
        `sudo: unable to resolve host ${instanceName.split('.')[0]}`,
    ]) {
      expect(said(line(web), web)).toBe(said(line(db), db));
    }
  });

  it('does not take the name of a node for a part of a word', () => {
    const line = 'the webhook of the apiserver did not answer';
    expect(said(line, { instanceName: 'web.example.com' })).toBe(
      said(line, { instanceName: 'api.example.com' }),
    );
  });
});

describe('colours and hyperlinks', () => {
  const esc = '\u001b';

  it('are no part of a cause', () => {
    const link = `${esc}]8;;file:/opt/report-17${esc}\\`;
    const causes = [
      'ERROR disk full',
      `${esc}[31mERROR disk full${esc}[0m`,
      `${esc}[1;31m ERROR${esc}[m disk full`,
      `${esc}[38;5;196mERROR disk ${link}full${esc}]8;;\u0007`,
    ].map((line) => said(line));
    expect(new Set(causes)).toEqual(new Set(['ERROR disk full']));
  });

  it('do not hide the name of the node', () => {
    const line = `${esc}[31mdatabase${esc}[0m is down`;
    expect(said(line, { instanceName: 'database' })).toBe('<host> is down');
  });
});

/** What says that something else is wrong. */
const otherCauses: readonly string[] = [
  'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1183 (apt-get)',
  'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1183 (apt-get)',
  'E: Unable to locate package nginx',
  'E: Unable to locate package haproxy',
  'E: Sub-process /usr/bin/dpkg returned an error code (1)',
  'bash: yum: command not found',
  'bash: dnf: command not found',
  'Job for nginx.service failed because the control process exited with error code.',
  'Job for nginx.service failed because a timeout was exceeded.',
  'Job for haproxy.service failed because the control process exited with error code.',
  'Unit nginx.service not found.',
  "cp: error writing '/var/cache/app/blob': No space left on device",
  "cp: error writing '/var/cache/app/blob': Read-only file system",
  "cp: cannot open '/var/cache/app/blob' for reading: Permission denied",
  'curl: (6) Could not resolve host: repo.example.com',
  'curl: (6) Could not resolve host: cdn.example.com',
  'curl: (7) Failed to connect to repo.example.com port 443 after 3 ms: Connection refused',
  "curl: (28) Failed to connect to repo.example.com port 443 after 3 ms: Couldn't connect to server",
  'curl: (60) SSL certificate problem: certificate has expired',
  'curl: (60) SSL certificate problem: unable to get local issuer certificate',
  "KeyError: 'region'",
  "KeyError: 'account'",
  "ModuleNotFoundError: No module named 'boto3'",
  "ModuleNotFoundError: No module named 'yaml'",
  'PermissionError: [Errno 13] Permission denied: /etc/app.conf',
  'PermissionError: [Errno 13] Permission denied: /etc/other.conf',
  'std::bad_alloc',
  'add: bad: dead',
  'Killed',
  'Terminated',
  'Segmentation fault (core dumped)',
  'mount: /data: special device /dev/xvdf does not exist.',
  'mount: /data: wrong fs type, bad option, bad superblock on /dev/xvdf.',
  'Permission denied (publickey).',
  'Host key verification failed.',
  "Install-Thing : The term 'Install-Thing' is not recognized as the name of a cmdlet",
  "Update-Thing : The term 'Update-Thing' is not recognized as the name of a cmdlet",
  'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied',
  'An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.',
  'ошибка диска',
  'ошибка сети',
];

describe('other causes', () => {
  const together = (lines: readonly string[]) =>
    [...Map.groupBy(lines, (line) => said(line)).values()].filter(({ length }) => length > 1);

  it('stay apart', () => expect(together(otherCauses)).toEqual([]));

  it.each([
    [
      'HTTP',
      [
        'curl: (22) The requested URL returned error: 404',
        'curl: (22) The requested URL returned error: 503',
      ],
    ],
    ['an installer', ['msiexec failed with exit code 1603', 'msiexec failed with exit code 1618']],
    ['Windows', ['the update failed: error 0x80070005', 'the update failed: error 0x80070070']],
  ])('stay apart where only a code of %s tells which it is', (_, lines) =>
    expect(together(lines)).toEqual([]),
  );

  it('are told from one another in npm by the message, not by where its log is', () => {
    const log = [
      'npm ERR! A complete log of this run can be found in:',
      'npm ERR!     /home/ssm-user/.npm/_logs/2026-11-22T10_15_23_123Z-debug-0.log',
    ];
    const causes = ['missing script: build', 'network timeout'].map((line) =>
      causeOf(failure(stderr(`npm ERR! ${line}`, '', ...log))),
    );
    expect(causes).toEqual(['npm ERR! missing script: build', 'npm ERR! network timeout']);
  });

  it('are told from one another in PowerShell by the message, not by what is below it', () => {
    const below = [
      'At C:\\a.ps1:3 char:1',
      '+ Thing',
      '+ ~~~~~',
      '    + CategoryInfo          : NotSpecified: (:) [], X',
    ];
    const [full, denied] = ['Thing : the disk is full', 'Thing : access is denied'].map((line) =>
      causeOf(failure(stderr(line, ...below))),
    );
    expect([full, denied]).toEqual(['Thing : the disk is full', 'Thing : access is denied']);
  });
});

describe('a cause without output', () => {
  it.each<[Partial<Invocation>, string]>([
    [{ status: 'Failed' }, 'no output and no exit code'],
    [{ status: 'TimedOut', statusDetails: 'DeliveryTimedOut' }, 'not delivered before the timeout'],
    [{ status: 'Success' }, ''],
    [{ status: 'InProgress' }, ''],
  ])('%o: %j', (change, cause) => expect(causeOf(invocation(change))).toBe(cause));
});

describe('maskLine', () => {
  it.each([
    [
      'curl: (28) no answer from 10.0.0.1:443 after 130024 ms',
      'curl: (#) no answer from <address> after # ms',
    ],
    ['2026-11-22T10:15:23Z i-0cb2b964d3e14fd9f is gone', '<time> <id> is gone'],
    ['/opt/app/releases/20261122/app.conf: No such file', '/opt/app/releases/*/app.conf: No such file'],
    [
      '/var/lib/amazon/ssm/i-1/document/x/_script.sh: line 3: yum: command not found',
      'yum: command not found',
    ],
    ['  a \t b  ', 'a b'],
    ['', ''],
  ])('%j is %j', (line, masked) => expect(maskLine(line)).toBe(masked));

  const words = fc.oneof(
    fc.constantFrom(...times.flat()),
    fc.constantFrom(
      'no',
      'answer',
      'Nov',
      'at',
      'i-0cb2b964d3e14fd9f',
      '10.0.0.1:443',
      '::1',
      '0xbeef',
      '3f9ac01b',
    ),
    fc.constantFrom(
      '/tmp/a7/b',
      'C:\\Temp\\x1.msi',
      'arn:aws:iam::1:role/x',
      'ip-10-0-0-1.internal',
      '_script.sh',
      '<id>',
    ),
    fc.nat().map(String),
    fc.float({ noNaN: true }).map(String),
    fc.ipV4(),
    fc.ipV6().filter((ip) => !ip.includes('.')),
    fc.uuid(),
    fc.string({ unit: fc.constantFrom(...'abxyzé日'), minLength: 1, maxLength: 6 }),
  );
  const anyLine = fc.oneof(
    fc.array(words, { maxLength: 8 }).map((line) => line.join(' ')),
    fc.array(words, { maxLength: 8 }).map((line) => line.join(', ')),
    fc.array(words, { maxLength: 8 }).map((line) => `[${line.join('] (')})`),
  );

  it('changes nothing the second time', () =>
    fc.assert(
      fc.property(anyLine, (line) => {
        expect(maskLine(maskLine(line))).toBe(maskLine(line));
      }),
      { numRuns: 2_000 },
    ));

  it('changes nothing of a cause', () => {
    for (const output of [
      ...sameCause.flatMap(([, outputs]) => outputs),
      ...otherCauses.map((line) => stderr(line)),
    ]) {
      const cause = causeOf(failure(output));
      expect(maskLine(cause)).toBe(cause);
    }
  });

  // Capitals before digits can be a code.
  const withoutCapitals = hostileText().map((text) => text.toLowerCase());

  it('leaves no digit', () =>
    fc.assert(
      fc.property(fc.oneof(anyLine, withoutCapitals, fc.string({ unit: 'binary' })), (line) => {
        expect(maskLine(line)).not.toMatch(/\d/);
      }),
    ));

  it.each([
    ['digits', `/${'1'.repeat(2_490)}!`],
    ['colons', 'a:'.repeat(1_250)],
    ['slashes', '/1'.repeat(1_250)],
    ['folders of the agent', '/var/lib/amazon/ssm'.repeat(130)],
    ['hex', `${'a1'.repeat(1_245)}g`],
    ['dots', '1.'.repeat(1_250)],
    ['spaces', ' '.repeat(2_500)],
  ])('is quick with as many %s as an output can have', (_, line) => {
    const before = process.cpuUsage();
    maskLine(line);
    // Microseconds of the processor, which other work on the machine does not add to.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
