import type { Invocation } from '../../src/domain/invocation.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';

/** A node on which a step failed, with the same exit code whatever was wrong. */
export function failure(output: string, change: Partial<Invocation> = {}): Invocation {
  const plugins = [plugin({ status: 'Failed', responseCode: 1, output })];
  return invocation({ status: 'Failed', plugins, ...change });
}

/** Nothing on stdout, and these lines on stderr with the agent's own note below them. */
export function stderr(...lines: string[]): string {
  return `\n----------ERROR-------\n${lines.join('\n')}\nfailed to run commands: exit status 1`;
}

/** A line that says the same with each of the words. */
const each = (words: readonly string[], line: (word: string) => string) =>
  words.map((word) => stderr(line(word)));

const shellScript = (node: string, run: string) =>
  `/var/lib/amazon/ssm/${node}/document/orchestration/${run}/awsrunShellScript/0.awsrunShellScript/_script.sh`;
const [run, otherRun] = [
  'b8eac879-0541-439d-94ec-47a80d554f44',
  '1f0c6a1e-7d1b-4b7e-8c6f-0a5d2e3b4c5d',
] as const;
const scripts = [
  shellScript('i-0d41c0ffee1234567', run),
  shellScript('mi-0a1b2c3d4e5f60718', run),
  shellScript('i-0d41c0ffee1234567', otherRun),
];
const dpkgLock = '/var/lib/dpkg/lock-frontend';
const jobFailed = 'Job for nginx.service failed because the control process exited with error code.';

const powershell = (folder: string, line: number) =>
  stderr(
    `Install-Thing : Could not find C:\\Setup\\${folder}\\thing.msi`,
    `At C:\\ProgramData\\Amazon\\SSM\\InstanceData\\${folder}\\document\\orchestration\\${run}\\Patch\\_script.ps1:${line} char:1`,
    '+ Install-Thing -Force',
    '+ ~~~~~~~~~~~~~',
    '    + CategoryInfo          : ObjectNotFound: (Install-Thing:String) [], FileNotFoundException',
    '    + FullyQualifiedErrorId : FileNotFound,Install.Thing',
    ' ',
  );
const traceback = (line: number, last: string) =>
  stderr(
    'Traceback (most recent call last):',
    `  File "/opt/deploy/main.py", line ${line}, in <module>`,
    '    release(version)',
    last,
  );

/** What nodes say that have failed for one and the same cause. */
export const sameCause: readonly (readonly [string, readonly string[]])[] = [
  [
    'the lock of apt, held by some process',
    each(
      ['1183 (apt-get)', '20417 (apt-get)'],
      (process) => `E: Could not get lock ${dpkgLock}. It is held by process ${process}`,
    ),
  ],
  [
    'the lock of dpkg, whoever holds it',
    ['1183 (apt-get)', '7 (unattended-upgr)'].map((process) =>
      stderr(
        `E: Could not get lock ${dpkgLock}. It is held by process ${process}`,
        `E: Unable to acquire the dpkg frontend lock (${dpkgLock}), is another process using it?`,
      ),
    ),
  ],
  [
    'a package that dpkg could not set up',
    ['linux-image-6.8.0-1021-aws', 'openssh-server'].map((name) =>
      stderr(
        'Errors were encountered while processing:',
        ` ${name}`,
        'E: Sub-process /usr/bin/dpkg returned an error code (1)',
      ),
    ),
  ],
  [
    'a mirror of apt',
    each(
      [
        '3.0.13-0ubuntu3.4_amd64.deb  404  Not Found [IP: 10.0.3.17 80]',
        '3.0.13-0ubuntu3.5_amd64.deb  404  Not Found [IP: 10.0.7.1 80]',
      ],
      (rest) => `E: Failed to fetch http://archive.ubuntu.com/ubuntu/pool/main/o/openssl/openssl_${rest}`,
    ),
  ],
  [
    'yum without a repository, with and without advice',
    [
      [],
      ['You could try using --skip-broken to work around the problem'],
      [
        ' You could try using --skip-broken to work around the problem',
        ' You could try running: rpm -Va --nofiles',
      ],
    ].map((advice) => stderr("Error: Failed to download metadata for repo 'amzn2-core'", ...advice)),
  ],
  [
    'yum, held by another one',
    each(['4711', '982'], (pid) => `Another app is currently holding the yum lock; waiting (pid ${pid})`),
  ],
  [
    'npm, which ends with where its log is',
    ['2026-11-22T10_15_23_123Z', '2026-11-22T10_15_29_456Z'].map((time) =>
      stderr(
        'npm ERR! missing script: build',
        '',
        'npm ERR! A complete log of this run can be found in:',
        `npm ERR!     /home/ssm-user/.npm/_logs/${time}-debug-0.log`,
      ),
    ),
  ],
  [
    'a missing command, in the folder of the agent',
    each(scripts, (path) => `${path}: line 3: yum: command not found`),
  ],
  [
    'a unit of systemd, whichever advice follows',
    [
      stderr(jobFailed),
      stderr(jobFailed, 'See "systemctl status nginx.service" and "journalctl -xe" for details.'),
      stderr(jobFailed, "See 'systemctl status nginx.service' and 'journalctl -xn' for details."),
      stderr(
        jobFailed,
        'See "systemctl status nginx.service" and "journalctl -xeu nginx.service" for details.',
      ),
    ],
  ],
  ['PowerShell', [powershell('i-0d41c0ffee1234567', 3), powershell('i-0a1b2c3d4e5f60718', 17)]],
  [
    'a traceback of Python',
    [41, 42].map((line) =>
      traceback(
        line,
        `FileNotFoundError: [Errno 2] No such file: '/opt/app/releases/20261122-1015${line}/app.conf'`,
      ),
    ),
  ],
  [
    'an object of Python',
    ['0x7f3a1c0b', '0x7fffe4d0'].map((at) =>
      traceback(41, `TypeError: <Lock object at ${at}> is not iterable`),
    ),
  ],
  [
    'curl, to other addresses and after other times',
    each(
      ['10.0.12.7 port 8443 after 130024 ms', '10.0.1.250 port 8444 after 99 ms'],
      (where) => `curl: (28) Failed to connect to ${where}: Couldn't connect to server`,
    ),
  ],
  [
    'curl, to other nodes',
    each(
      ['ip-10-0-12-7.eu-west-1.compute.internal', 'ip-10-11-1-250.eu-west-1.compute.internal', 'ip-10-0-0-1'],
      (host) => `curl: (7) Failed to connect to ${host} port 80: Connection refused`,
    ),
  ],
  [
    'a full disk, at some file',
    each(
      ['3f9a', '77b1', '0'],
      (part) => `cp: error writing '/var/cache/app/${part}/blob': No space left on device`,
    ),
  ],
  [
    'a full disk, by its device',
    each(
      [
        'nvme0n1p1 is 100% full (8123456',
        'nvme1n1p1 is 99% full (4012345',
        'xvda1 is 99.7% full (20,957,446',
      ],
      (device) => `FATAL: /dev/${device} KiB)`,
    ),
  ],
  [
    'permission denied, at a temporary file',
    each(
      ['aQ3xYz', 'KKpQsT'],
      (name) => `mktemp: failed to create file via template '/tmp/deploy.${name}': Permission denied`,
    ),
  ],
  [
    'permission denied, by a user',
    each(['1001', '17'], (uid) => `uid ${uid} may not read /etc/app.conf: Permission denied`),
  ],
  [
    'killed, said by the shell',
    each(
      [' 4711', '30122'],
      (pid) => `${scripts[0]}: line 12: ${pid} Killed                  java -jar app.jar`,
    ),
  ],
  [
    'killed, said by the kernel',
    each(
      [
        '4711 (java) total-vm:8123456kB, anon-rss:4012345kB, UID:1001',
        '212 (java) total-vm:70004kB, anon-rss:312kB, UID:12',
      ],
      (process) => `Out of memory: Killed process ${process}`,
    ),
  ],
  [
    'the kernel, however its clock is padded',
    each(['[81234.123456]', '[   99.000001]'], (time) => `${time} EXT4-fs error (device xvda1): bad header`),
  ],
  ['UUIDs', each([run, otherRun.toUpperCase()], (id) => `release ${id}: checksum does not match`)],
  [
    'other instances',
    each(['i-0d41c0ffee1234567', 'mi-0a1b2c3d4e5f60718', 'i-1234abcd'], (id) => `no tag Role on ${id}`),
  ],
  ['volumes', each(['vol-0d41c0ffee1234567', 'vol-1234abcd'], (id) => `${id} is not attached`)],
  [
    'ARNs',
    each(
      [
        'aws:iam::123456789012:role/node-a',
        'aws-cn:sts::210987654321:assumed-role/node-b/i-0d41c0ffee1234567',
      ],
      (arn) => `AccessDenied: arn:${arn} is not authorized to perform: s3:GetObject`,
    ),
  ],
  ['IPv4', each(['10.0.0.1', '192.168.100.200', '10.0.0.7:8080'], (ip) => `no answer from ${ip} in time`)],
  [
    'IPv6',
    each(
      ['fe80::1ff:fe23:4567:890a', '2001:db8:0:0:0:0:2:1', '2001:db8::2:1', '::1'],
      (ip) => `no route to ${ip} from here`,
    ),
  ],
  [
    'IPv6 with digits only',
    each(['2001:db8:10:20:30::1', '2001:db8:0:20:300::7'], (ip) => `no route to the ${ip}`),
  ],
  ['IPv4 in IPv6', each(['::ffff:10.0.0.1', '::ffff:10.0.0.2'], (ip) => `refused by ${ip}`)],
  [
    'IPv6 in a URL',
    each(['2001:db8::1]:443', '2001:db8::2:7]:8443'], (ip) => `no answer from https://[${ip}/health`),
  ],
  ['MAC', each(['0a:1b:2c:3d:4e:5f', 'FE:DC:BA:98:76:54'], (mac) => `no lease for ${mac}`)],
  ['MAC with digits only', each(['02:42:ac:11:00:02', '12:34:56:78:9a:bc'], (mac) => `no lease of ${mac}`)],
  [
    'temporary files',
    each(
      ['tmp.Xa3kQZ', 'tmp.pqRSTu', 'build-77', 'tmpab_cd'],
      (name) => `tar: /tmp/${name}/app.tar: Cannot open`,
    ),
  ],
  [
    'temporary files elsewhere',
    each(['tmp.Xa3kQZ', 'tmp.pqRSTu'], (name) => `tar: /var/tmp/${name}: Cannot open`),
  ],
  [
    'temporary files of Windows',
    each(['tmp3F2A.msi', 'tmp99.msi'], (name) => `cannot open C:\\Windows\\Temp\\${name}`),
  ],
  [
    'temporary files of Windows without a digit',
    each(['is-QKVFA', 'is-BTRMN'], (name) => `cannot read C:\\Windows\\Temp\\${name}.tmp`),
  ],
  [
    'versions',
    each(['1.2.3', '1.2.10', '2.0', '10', '3,14'], (version) => `app ${version} is already installed`),
  ],
  [
    'commits',
    each(
      ['3f9ac01b', 'a17b2c99', '0123456789abcdef0123456789abcdef01234567'],
      (commit) => `commit ${commit} does not build`,
    ),
  ],
  ['commits as git shortens them', each(['3f9ac01', 'a17b2c9'], (commit) => `commit ${commit} is not known`)],
  ['containers', each(['3f9ac01b77de', 'a17b2c99f012'], (id) => `container ${id} is not running`)],
  [
    'percentages and durations',
    each(['12% after 3.5s', '99% after 1,234.7s'], (at) => `download stopped at ${at}`),
  ],
  ['spaces', each(['a  b', 'a\tb', 'a b  '], (text) => `cannot parse ${text}`)],
];
