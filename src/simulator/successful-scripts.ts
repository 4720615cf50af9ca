import type { ScriptOutput } from './fate.ts';
import type { ManagedNode } from './fleet.ts';
import { type Random, random } from './random.ts';

const lines = (...text: readonly string[]) => `${text.join('\n')}\n`;
const host = (node: ManagedNode) =>
  node.hostName.split('.')[0] || `ip-${node.ipAddress.replaceAll('.', '-')}`;
const clock = (source: Random) =>
  [source.int(0, 23), source.int(0, 59), source.int(0, 59)]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

const packages = [
  'openssl libssl3t64 curl libcurl4t64 systemd libsystemd0 udev linux-image-aws linux-headers-aws',
  'base-files bash coreutils python3.12 python3.12-minimal libpython3.12-stdlib vim-common vim-tiny',
  'amazon-ssm-agent ec2-instance-connect snapd cloud-init netplan.io libnetplan1 apparmor libapparmor1',
].flatMap((row) => row.split(' ')) as [string, ...string[]];

function aptUpgrade(node: ManagedNode, source: Random): ScriptOutput {
  const upgraded = source.shuffle(packages).slice(0, source.int(4, packages.length));
  const version = () =>
    `${source.int(1, 9)}.${source.int(0, 30)}.${source.int(0, 9)}-${source.int(1, 9)}ubuntu${source.int(1, 9)}`;
  return {
    stdout: lines(
      `Hit:1 http://eu-west-1.ec2.archive.ubuntu.com/ubuntu noble InRelease`,
      `Get:2 http://eu-west-1.ec2.archive.ubuntu.com/ubuntu noble-updates InRelease [126 kB]`,
      `Get:3 http://security.ubuntu.com/ubuntu noble-security InRelease [126 kB]`,
      `Fetched ${source.int(1200, 9800)} kB in ${source.int(1, 4)}s (${source.int(900, 4200)} kB/s)`,
      'Reading package lists... Done',
      'Building dependency tree... Done',
      'The following packages will be upgraded:',
      `  ${upgraded.join(' ')}`,
      `${upgraded.length} upgraded, 0 newly installed, 0 to remove and ${source.int(0, 5)} not upgraded.`,
      ...upgraded.flatMap((name, index) => [
        `Get:${index + 4} http://eu-west-1.ec2.archive.ubuntu.com/ubuntu noble-updates/main amd64 ${name} amd64 ${version()} [${source.int(20, 4000)} kB]`,
        `Unpacking ${name} (${version()}) over (${version()}) ...`,
        `Setting up ${name} (${version()}) ...`,
      ]),
      'Processing triggers for man-db (2.12.0-4build2) ...',
      `Running kernel seems to be up-to-date on ${host(node)}.`,
      'No services need to be restarted.',
    ),
    stderr: '',
  };
}

function yumUpdate(node: ManagedNode, source: Random): ScriptOutput {
  const names = source.shuffle([
    'kernel',
    'openssl-libs',
    'glibc',
    'systemd',
    'curl-minimal',
    'python3-libs',
    'sudo',
  ]);
  const updated = names.slice(0, source.int(2, names.length));
  return {
    stdout: lines(
      'Last metadata expiration check: 0:02:11 ago.',
      'Dependencies resolved.',
      '='.repeat(79),
      ` Package${' '.repeat(20)}Architecture   Version${' '.repeat(18)}Size`,
      '='.repeat(79),
      ...updated.map(
        (name) =>
          ` ${name.padEnd(27)}x86_64         6.${source.int(1, 12)}.${source.int(1, 120)}-${source.int(1, 99)}.amzn2023${' '.repeat(5)}${source.int(1, 40)} M`,
      ),
      '',
      `Upgrade  ${updated.length} Packages`,
      '',
      ...updated.map(
        (name, index) => `  Upgrading        : ${name.padEnd(40)} ${index + 1}/${updated.length * 2}`,
      ),
      ...updated.map(
        (name, index) =>
          `  Verifying        : ${name.padEnd(40)} ${index + 1 + updated.length}/${updated.length * 2}`,
      ),
      '',
      `Complete! (${host(node)})`,
    ),
    stderr: source.chance(0.2) ? 'warning: %triggerin(systemd) scriptlet took 3.1 seconds\n' : '',
  };
}

function deploy(node: ManagedNode, source: Random): ScriptOutput {
  const release = `2026.${source.int(1, 12)}.${source.int(1, 28)}-${source.hex(7)}`;
  return {
    stdout: lines(
      `[${clock(source)}] ${host(node)}: deploying acme-app ${release}`,
      `[${clock(source)}] downloading s3://acme-releases/acme-app-${release}.tar.gz (${source.int(20, 90)} MiB)`,
      `[${clock(source)}] checksum ok: sha256:${source.hex(64)}`,
      `[${clock(source)}] acme-app.service: active (running), pid ${source.int(900, 32000)}`,
      `[${clock(source)}] health: 200 in ${source.int(2, 80)} ms — prêt ✓`,
    ),
    stderr: source.chance(0.15) ? 'curl: (56) Recv failure: Connection reset by peer, retrying\n' : '',
  };
}

/** Long, and with characters of several bytes, so that the API's limits cut it, perhaps within a character. */
function migration(node: ManagedNode, source: Random): ScriptOutput {
  const tables = source.int(60, 420);
  const row = (index: number) =>
    `${clock(source)} 表 orders_${String(index).padStart(4, '0')} → migré: ${source.int(100, 99_999)} rows, checksum ${source.hex(8)} ✓`;
  return {
    stdout: lines(
      `Migrating ${tables} partitions on ${host(node)}`,
      ...Array.from({ length: tables }, (_, index) => row(index)),
      'Migration complete',
    ),
    stderr: '',
  };
}

const quiet = (node: ManagedNode): ScriptOutput => ({
  stdout: lines(`${host(node)}: nothing to do`),
  stderr: '',
});

function windowsUpdate(node: ManagedNode, source: Random): ScriptOutput {
  const updates = source.int(1, 5);
  return {
    stdout: lines(
      `Patch Summary for ${host(node)}`,
      '',
      'PatchGroup          : prod',
      `InstalledCount      : ${source.int(20, 90)}`,
      `MissingCount        : 0`,
      ...Array.from(
        { length: updates },
        () => `KB50${source.int(10_000, 99_999)}  Security Update for Windows Server 2022  Installed`,
      ),
    ).replaceAll('\n', '\r\n'),
    stderr: '',
  };
}

/** What a script that goes well writes on this node. */
export function successfulOutput(seed: number, node: ManagedNode, step: string): ScriptOutput {
  const source = random(seed, 'success', node.id, step);
  if (node.platform === 'Windows') return windowsUpdate(node, source);
  const writers =
    node.platformName === 'Ubuntu'
      ? ([aptUpgrade, deploy, migration] as const)
      : ([yumUpdate, deploy, quiet] as const);
  return source.pick([...writers, writers[0]])(node, source);
}
