import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cleanEnvironment, TemporaryFolder } from '../helpers/environment.ts';

/** A process that has run to its end. CPU and memory are NaN where there is no /proc. */
export interface ProcessFigures {
  readonly wallMs: number;
  /** User and system time, of all its threads and children. */
  readonly cpuMs: number;
  /** The most that was resident. */
  readonly peakMiB: number;
}

/** A command line, and the exit codes with which it does what it should. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly exitCodes?: readonly number[];
}

const clockTickMs = 10;
const lookAtMemoryEvery = 50;

/** Runs a program to its end; what it prints is thrown away. @throws Error when it ends as it should not */
export async function runToEnd({ name, command, exitCodes = [0] }: Program): Promise<ProcessFigures> {
  using folder = new TemporaryFolder();
  const [file = '', ...args] = command;
  const cpuBefore = cpuOfEndedChildren();
  const startedAt = performance.now();
  const child = spawn(file, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder.path,
    env: cleanEnvironment(folder.path, { AWS_PAGER: '' }),
  });
  let peakMiB = Number.NaN;
  const looking = setInterval(() => {
    peakMiB = memoryOf(child.pid).peakMiB || peakMiB;
  }, lookAtMemoryEvery);
  const [exitCode] = await once(child, 'exit');
  const wallMs = performance.now() - startedAt;
  clearInterval(looking);
  if (!exitCodes.includes(exitCode)) throw new Error(`${name} ended with ${exitCode}`);
  return { wallMs, cpuMs: cpuOfEndedChildren() - cpuBefore, peakMiB };
}

/** Runs the programs in turn, A B A B …, once to warm up and then `runs` times. Gives the runs of each. */
export async function runInTurn(programs: readonly Program[], runs: number): Promise<ProcessFigures[][]> {
  for (const program of programs) await runToEnd(program);
  const figures = programs.map((): ProcessFigures[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, program] of programs.entries()) figures[index]?.push(await runToEnd(program));
  }
  return figures;
}

/** Milliseconds of CPU that a running process has used. */
export function cpuOf(pid: number): number {
  const [user = Number.NaN, system = Number.NaN] = statOf(String(pid));
  return (user + system) * clockTickMs;
}

/** What of a running process is resident now, and was at the most. NaN when it is gone. */
export function memoryOf(pid: number | undefined): {
  readonly residentMiB: number;
  readonly peakMiB: number;
} {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { residentMiB: read('VmRSS'), peakMiB: read('VmHWM') };
  } catch {
    return { residentMiB: Number.NaN, peakMiB: Number.NaN };
  }
}

/** Of all children that have ended, and theirs: exact for the one that ended since, as long as none runs beside it. */
function cpuOfEndedChildren(): number {
  const [, , user = Number.NaN, system = Number.NaN] = statOf('self');
  return (user + system) * clockTickMs;
}

/** utime, stime, cutime and cstime, in clock ticks. */
function statOf(process: string): number[] {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    // The name, in brackets, can hold anything.
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number);
  } catch {
    return [];
  }
}
