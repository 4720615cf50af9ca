import type { DocumentStep } from '../documents.ts';
import type { ScriptOutput } from '../fate.ts';
import type { ManagedNode } from '../fleet.ts';
import { type Random, random } from '../random.ts';

const lines = (...text: readonly string[]) => `${text.join('\n')}\n`;
const host = (node: ManagedNode) =>
  node.hostName.split('.')[0] || `ip-${node.ipAddress.replaceAll('.', '-')}`;
/** Times of day, each a little later than the one before. */
function clock(source: Random): () => string {
  let second = source.int(0, 82_000);
  return () => {
    second += source.int(0, 4);
    return [second / 3600, (second / 60) % 60, second % 60]
      .map((part) => String(Math.floor(part)).padStart(2, '0'))
      .join(':');
  };
}

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
  const time = clock(source);
  const release = `2026.${source.int(1, 12)}.${source.int(1, 28)}-${source.hex(7)}`;
  return {
    stdout: lines(
      `[${time()}] ${host(node)}: deploying acme-app ${release}`,
      `[${time()}] downloading s3://acme-releases/acme-app-${release}.tar.gz (${source.int(20, 90)} MiB)`,
      `[${time()}] checksum ok: sha256:${source.hex(64)}`,
      `[${time()}] acme-app.service: active (running), pid ${source.int(900, 32000)}`,
      `[${time()}] health: 200 in ${source.int(2, 80)} ms — prêt ✓`,
    ),
    stderr: source.chance(0.15) ? 'curl: (56) Recv failure: Connection reset by peer, retrying\n' : '',
  };
}

/** Long, and with characters of several bytes, so that the API's limits cut it, perhaps within a character. */
function migration(node: ManagedNode, source: Random): ScriptOutput {
  const tables = source.int(60, 420);
  const time = clock(source);
  const row = (index: number) =>
    `${time()} 表 orders_${String(index).padStart(4, '0')} → migré: ${source.int(100, 99_999)} rows, checksum ${source.hex(8)} ✓`;
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

function installPackage(node: ManagedNode, source: Random): ScriptOutput {
  const version = `4.${source.int(0, 2)}.${source.int(0, 9)}`;
  return {
    stdout: lines(
      'Initiating arn:aws:ssm:::package/AcmeMonitoring install',
      `Plugin aws:runShellScript ResultStatus Success`,
      `install output: Running install.sh on ${host(node)}`,
      `acme-monitoring ${version} installed, ${source.int(3, 40)} checks enabled`,
      `Successfully installed arn:aws:ssm:::package/AcmeMonitoring ${version}`,
    ),
    stderr: '',
  };
}

function updateAgent(node: ManagedNode, source: Random): ScriptOutput {
  return {
    stdout: lines(
      `Updating amazon-ssm-agent from ${node.agentVersion} to latest`,
      'Successfully downloaded https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/ssm-agent-manifest.json',
      `Update process started, pid ${source.int(900, 32_000)}`,
      `amazon-ssm-agent updated successfully to 3.3.1611.0`,
    ),
    stderr: '',
  };
}

function verify(node: ManagedNode, source: Random): ScriptOutput {
  const checks = [
    'port 8443 answers',
    'certificate is valid',
    'clock is in sync',
    'disk has room',
    'agent reports',
  ];
  return {
    stdout: lines(
      `1..${checks.length}`,
      ...checks.map((check, index) => `ok ${index + 1} - ${check} # ${source.int(1, 900)} ms`),
      `# ${host(node)}: all checks passed`,
    ),
    stderr: '',
  };
}

/** What a step that goes well writes on this node. */
export function successfulOutput(
  seed: number,
  node: ManagedNode,
  { name, action }: DocumentStep,
): ScriptOutput {
  const source = random(seed, 'success', node.id, name);
  if (action === 'aws:configurePackage') return installPackage(node, source);
  if (action === 'aws:updateSsmAgent') return updateAgent(node, source);
  if (name.startsWith('verify')) return verify(node, source);
  if (node.platform === 'Windows') return windowsUpdate(node, source);
  const writers =
    node.platformName === 'Ubuntu'
      ? ([aptUpgrade, aptUpgrade, deploy, migration] as const)
      : ([yumUpdate, yumUpdate, deploy, quiet] as const);
  return source.pick(writers)(node, source);
}
