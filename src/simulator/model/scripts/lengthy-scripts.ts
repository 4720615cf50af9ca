import type { FixedLines, ScriptOutput } from '../fate.ts';
import type { ManagedNode } from '../fleet.ts';
import type { Random } from '../random.ts';

/** A script that succeeds and writes a lot on the way; it runs for `seconds`. */
type LengthyScript = (node: ManagedNode, source: Random, seconds: number) => ScriptOutput;

const host = (node: ManagedNode) =>
  node.hostName.split('.')[0] || `ip-${node.ipAddress.replaceAll('.', '-')}`;

/** 32 bits that look random, from a seed and an index alone. */
function mixed(seed: number, index: number): number {
  let state = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

const digits = (number: number, width: number) => String(number % 10 ** width).padStart(width, '0');
const hex = (number: number) => number.toString(16).padStart(8, '0');

/** `count` lines of the log of a reindexing. */
function reindexLog(seed: number, count: number, base: number): FixedLines {
  const levelOf = (index: number) => {
    if (index === count >> 1) return 'ERROR';
    return index % 997 === 996 ? 'WARN ' : 'INFO ';
  };
  const line = (index: number) => {
    const draw = (purpose: number) => mixed(seed + purpose, index);
    const time = new Date(base + index * 7 + (draw(1) % 7)).toISOString();
    const sum = hex(draw(2)) + hex(draw(3));
    return `${time} ${levelOf(index)} reindex: shard=${digits(draw(4), 2)} doc=${digits(index, 9)} terms=${digits(draw(5), 5)} took=${digits(draw(6), 4)}ms sum=${sum}\n`;
  };
  return { count, lineBytes: line(0).length, line };
}

/** A log that begins with `count` more lines than are needed for every limit of the API, and goes on with `rest`. */
function reindex(node: ManagedNode, source: Random, rest: number): ScriptOutput {
  const base = Date.UTC(2026, 8, 1) + source.int(0, 86_400_000);
  const lines = reindexLog(source.int(0, 2 ** 30), 300 + rest, base);
  const head = Array.from({ length: 300 }, (_, index) => lines.line(index));
  return {
    stdout: `Reindexing on ${host(node)}\n${head.join('')}`,
    stderr: '',
    stdoutTail: { ...lines, count: rest, line: (index) => lines.line(300 + index) },
  };
}

/** By habit. The keys are what scenarios name. */
export const lengthyScripts = {
  /** 24,000 characters are not enough. */
  'long-output': (node, source) => ({
    stdout: [
      `Verifying packages on ${host(node)}`,
      ...Array.from(
        { length: source.int(400, 1200) },
        (_, index) =>
          `${String(index + 1).padStart(5)}  /usr/lib/x86_64/lib${source.hex(6)}.so.${source.int(1, 9)}  sha256:${source.hex(24)}  ${source.chance(0.02) ? 'changed — vérifié' : 'ok'}`,
      ),
      'Verification complete',
      '',
    ].join('\n'),
    stderr: Array.from(
      { length: source.int(0, 200) },
      () => `warning: ${source.hex(8)}: no signature, skipped\n`,
    ).join(''),
  }),
  /** About 50 MB. */
  'huge-output': (node, source) => reindex(node, source, 480_000),
  /** About a line a second, as long as it runs. */
  'steady-output': (node, source, seconds) => ({
    stdout: [
      `Draining ${host(node)}`,
      ...Array.from({ length: Math.max(10, Math.round(seconds)) }, (_, index) => {
        const left = source.int(0, 400);
        return source.chance(0.05)
          ? `[${index + 1}] backend did not answer within ${source.int(2, 9)} s, trying again`
          : `[${index + 1}] ${left} connections left, oldest ${source.int(1, 3600)} s, ${source.int(1, 900)} kB/s`;
      }),
      'Drained',
      '',
    ].join('\n'),
    stderr: '',
  }),
  /** So much in a minute that the agent uploads it in between. */
  'chatty-output': (node, source, seconds) => reindex(node, source, Math.round(seconds * 200)),
} as const satisfies Record<string, LengthyScript>;

export type WritingHabit = keyof typeof lengthyScripts;
