import { expect, it } from 'vitest';
import { reportLine, type SaveReport } from '../../../src/output/saving/save-report.ts';

const all: SaveReport = {
  done: 500,
  total: 500,
  saved: 1000,
  skipped: 0,
  running: 0,
  notRun: 0,
  failed: 0,
  bytes: 123_456,
  folder: 'ssm-watch-b8eac879',
  instances: 500,
  cut: 0,
  secondBest: 0,
  stopped: null,
  indexProblem: null,
};

it.each<[Partial<SaveReport>, string]>([
  [{}, 'saved 1,000 files of 500 instances in ./ssm-watch-b8eac879'],
  [{ done: 1, total: 1, saved: 1, instances: 1 }, 'saved 1 file of 1 instance in ./ssm-watch-b8eac879'],
  [
    { saved: 994, instances: 498, skipped: 2, failed: 4, cut: 12 },
    'saved 994 files of 498 instances in ./ssm-watch-b8eac879 · 2 existing skipped · 4 failed, see index.json · 12 cut by AWS',
  ],
  [
    { saved: 0, instances: 0, skipped: 1000 },
    'saved nothing in ./ssm-watch-b8eac879 · 1,000 existing skipped',
  ],
  [{ saved: 0, instances: 0 }, 'saved nothing in ./ssm-watch-b8eac879'],
  [
    { saved: 958, instances: 480, skipped: 2, running: 42, failed: 1 },
    'saved 958 files of 480 instances in ./ssm-watch-b8eac879 · 2 existing skipped · 42 not over yet · 1 failed, see index.json',
  ],
  [
    { saved: 998, instances: 500, notRun: 2 },
    'saved 998 files of 500 instances in ./ssm-watch-b8eac879 · 2 of steps that did not run',
  ],
  [{ done: 3, saved: 0, instances: 0, running: 6, stopped: 'interrupted' }, 'not saved: interrupted'],
  [
    { done: 6, saved: 12, instances: 6, stopped: 'interrupted' },
    'stopped after 6 of 500 instances: interrupted · saved 12 files of 6 instances in ./ssm-watch-b8eac879',
  ],
  [
    { done: 0, saved: 0, instances: 0, stopped: 'EACCES: permission denied' },
    'not saved: EACCES: permission denied',
  ],
  [
    { failed: 2, saved: 998, indexProblem: 'EISDIR' },
    'saved 998 files of 500 instances in ./ssm-watch-b8eac879 · 2 failed · index.json not written: EISDIR',
  ],
  [
    { secondBest: 3, cut: 2 },
    'saved 1,000 files of 500 instances in ./ssm-watch-b8eac879 · 3 not from their best source, see index.json · 2 cut by AWS',
  ],
  [
    { saved: 999, failed: 1, secondBest: 3 },
    'saved 999 files of 500 instances in ./ssm-watch-b8eac879 · 1 failed · 3 not from their best source, see index.json',
  ],
  [{ done: 0, total: 0, saved: 0, instances: 0 }, 'nothing to save'],
])('%j', (changes, line) => expect(reportLine({ ...all, ...changes })).toBe(line));
