import type { ScriptOutput } from '../fate.ts';
import type { ManagedNode } from '../fleet.ts';
import { type Random, uuid } from '../random.ts';
import { hostileError, hostileOutput } from './hostile-output.ts';

/** A way for a script to fail: its exit code and what it writes before. */
export interface FailingScript {
  readonly exitCode: number;
  /** Whether it would fail on this node at all; absent: on any. */
  readonly failsOn?: (node: ManagedNode) => boolean;
  write(node: ManagedNode, source: Random): ScriptOutput;
}

const host = (node: ManagedNode) =>
  node.hostName.split('.')[0] || `ip-${node.ipAddress.replaceAll('.', '-')}`;
const hasApt = (node: ManagedNode) => node.platformName === 'Ubuntu';
const text = (...lines: readonly string[]) => lines.join('\n');

function script(exitCode: number, write: FailingScript['write']): FailingScript {
  return { exitCode, write };
}

/** By cause. The keys are what scenarios name. */
export const failingScripts = {
  'command-not-found': script(127, (node, source) => ({
    stdout: `Patching ${host(node)}\n`,
    stderr: `/var/lib/amazon/ssm/${node.id}/document/orchestration/awsrunShellScript/0.awsrunShellScript/_script.sh: line ${source.int(2, 9)}: ${hasApt(node) ? 'yum' : 'apt-get'}: command not found`,
  })),
  /** A script for Amazon Linux that was sent to Ubuntu too. */
  'yum-not-found': {
    exitCode: 127,
    failsOn: hasApt,
    write: (node, source) => ({
      stdout: `Patching ${host(node)}\n`,
      stderr: `/var/lib/amazon/ssm/${node.id}/document/orchestration/${uuid(source)}/awsrunShellScript/0.awsrunShellScript/_script.sh: line ${source.int(2, 9)}: yum: command not found`,
    }),
  },
  /** Writes colours, progress bars, and what must not reach a terminal. */
  'hostile-output': script(1, (_, source) => {
    const failed = new Set(Array.from({ length: 5 }, () => source.int(0, 119)));
    return { stdout: hostileOutput(failed), stderr: hostileError(failed.size) };
  }),
  'package-lock': script(100, (node, source) => {
    const holder = source.int(800, 32_000);
    return hasApt(node)
      ? {
          stdout: 'Reading package lists...\n',
          stderr: text(
            `E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process ${holder} (unattended-upgr)`,
            'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
          ),
        }
      : {
          stdout: 'Loaded plugins: extras_suggestions, langpacks, priorities, update-motd\n',
          stderr: text(
            `Existing lock /var/run/yum.pid: another copy is running as pid ${holder}.`,
            'Another app is currently holding the yum lock; giving up after 10 attempts',
          ),
        };
  }),
  'disk-full': script(1, (node, source) => {
    const size = source.int(10, 60);
    return {
      stdout: text(
        'Filesystem      Size  Used Avail Use% Mounted on',
        `/dev/nvme0n1p1   ${size}G   ${size}G     0 100% /`,
        `Unpacking linux-image-6.8.0-${source.int(1000, 1040)}-aws ...`,
        '',
      ),
      stderr: text(
        `dpkg: error processing archive /var/cache/apt/archives/linux-image-aws_amd64.deb (--unpack):`,
        ` cannot copy extracted data for './boot/vmlinuz' to '/boot/vmlinuz.dpkg-new': failed to write (No space left on device)`,
        `E: Sub-process /usr/bin/dpkg returned an error code (1) on ${host(node)}`,
      ),
    };
  }),
  'unit-failed': script(1, (node, source) => ({
    stdout: `Restarting acme-app.service on ${host(node)}\n`,
    stderr: text(
      'Job for acme-app.service failed because the control process exited with error code.',
      'See "systemctl status acme-app.service" and "journalctl -xeu acme-app.service" for details.',
      `acme-app[${source.int(900, 32_000)}]: listen tcp 0.0.0.0:8443: bind: address already in use`,
    ),
  })),
  traceback: script(1, (node, source) => ({
    stdout: `configure: ${host(node)}: reading /etc/acme/app.yaml\n`,
    stderr: text(
      'Traceback (most recent call last):',
      `  File "/opt/acme/bin/configure", line ${source.int(20, 90)}, in <module>`,
      '    main()',
      `  File "/opt/acme/lib/configure.py", line ${source.int(100, 400)}, in main`,
      '    settings = load(path)["database"]["primary"]',
      '               ~~~~~~~~~~^^^^^^^^^^^^',
      "KeyError: 'database'",
    ),
  })),
  'curl-refused': script(7, (_, source) => ({
    stdout: '',
    stderr: text(
      '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current',
      '                                 Dload  Upload   Total   Spent    Left  Speed',
      `\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r`,
      `curl: (7) Failed to connect to artifacts.internal.example.com port 443 after ${source.int(1, 140)} ms: Couldn't connect to server`,
    ),
  })),
  'permission-denied': script(126, (_, source) => ({
    stdout: '',
    stderr: `_script.sh: line ${source.int(2, 9)}: /opt/acme/bin/migrate: Permission denied`,
  })),
  'out-of-memory': script(137, (_, source) => ({
    stdout: text(
      ...Array.from(
        { length: source.int(40, 80) },
        (_, batch) =>
          `batch ${batch + 1}: loaded ${source.int(1000, 90_000)} rows, rss ${1200 + batch * 37} MiB`,
      ),
      '',
    ),
    stderr: `_script.sh: line 12: ${source.int(900, 32_000)} Killed                  /opt/acme/bin/reindex --all`,
  })),
  'long-log': script(2, (node, source) => ({
    stdout: text(
      ...Array.from(
        { length: source.int(120, 700) },
        (_, line) =>
          `[${host(node)}] test ${line + 1}: ${source.chance(0.1) ? 'FAIL — délai dépassé' : 'ok'} (${source.int(1, 900)} ms)`,
      ),
      '',
    ),
    stderr: text(
      ...Array.from(
        { length: source.int(60, 400) },
        () =>
          `ERROR acme.checks.http: GET /healthz → ${source.pick([500, 502, 503, 504])} after ${source.int(900, 5000)} ms`,
      ),
    ),
  })),
} as const satisfies Record<string, FailingScript>;

export type FailureCause = keyof typeof failingScripts;

/** What any of them writes on Windows. */
export const failingPowerShell: FailingScript = script(1, (node, source) => ({
  stdout: `Checking ${host(node)}\r\n`,
  stderr: text(
    `Get-Service : Cannot find any service with service name 'AcmeApp'.`,
    `At C:\\ProgramData\\Amazon\\SSM\\InstanceData\\${node.id}\\document\\orchestration\\${source.hex(8)}\\_script.ps1:${source.int(2, 30)} char:1`,
    '+ Get-Service -Name AcmeApp -ErrorAction Stop',
    '+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~',
    '    + CategoryInfo          : ObjectNotFound: (AcmeApp:String) [Get-Service], ServiceCommandException',
    '    + FullyQualifiedErrorId : NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand',
  ),
}));
