import prettyBytes from 'pretty-bytes';
import { countOf, formatCount } from '../../domain/format.ts';

/** How far saving is: instances done of how many, and what became of their files. */
export interface SaveProgress {
  readonly done: number;
  readonly total: number;
  readonly saved: number;
  readonly skipped: number;
  /** Files of steps that are not over. */
  readonly running: number;
  /** Files of steps that the invocation ended before. */
  readonly notRun: number;
  readonly failed: number;
  /** Written so far, also of files that are not whole yet. */
  readonly bytes: number;
}

/** What became of it all. */
export interface SaveReport extends SaveProgress {
  /** Name of the command's folder, in the folder that was given. */
  readonly folder: string;
  /** Instances of which a file was saved. */
  readonly instances: number;
  /** Saved files that AWS had cut. */
  readonly cut: number;
  /** Saved files that are not from their best source. */
  readonly secondBest: number;
  /** Why it ended before all was done; null when it did not. */
  readonly stopped: string | null;
  /** Why `index.json` was not written; null when it was. */
  readonly indexProblem: string | null;
}

/** How far it is, in one line. */
export function savingLine({ done, total, saved, failed, bytes }: SaveProgress): string {
  const parts = [
    `saving: ${formatCount(done)} of ${countOf(total, 'instance')}`,
    ...(saved === 0 ? [] : [countOf(saved, 'file')]),
    ...(bytes === 0 ? [] : [prettyBytes(bytes)]),
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
  ];
  return parts.join(' · ');
}

/** Whether it ended before anything was found out of any file. */
export function isNotSaved({ stopped, saved, skipped, failed }: SaveReport): boolean {
  return stopped !== null && saved + skipped + failed === 0;
}

/** What became of it, in one line. Not safe to draw: messages and names are as they came. */
export function reportLine(report: SaveReport): string {
  const { done, total, saved, instances, skipped, running, notRun, failed, cut, secondBest } = report;
  const { stopped, indexProblem } = report;
  if (total === 0) return 'nothing to save';
  if (isNotSaved(report)) return `not saved: ${stopped}`;
  const folder = `./${report.folder}`;
  const what = saved === 0 ? 'nothing' : `${countOf(saved, 'file')} of ${countOf(instances, 'instance')}`;
  const explained = [
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
    ...(secondBest === 0 ? [] : [`${formatCount(secondBest)} not from their best source`]),
  ];
  const parts = [
    ...(stopped === null
      ? []
      : [`stopped after ${formatCount(done)} of ${countOf(total, 'instance')}: ${stopped}`]),
    `saved ${what} in ${folder}`,
    ...(skipped === 0 ? [] : [`${formatCount(skipped)} existing skipped`]),
    ...(running === 0 ? [] : [`${formatCount(running)} not over yet`]),
    ...(notRun === 0 ? [] : [`${formatCount(notRun)} of steps that did not run`]),
    ...(explained.length === 0
      ? []
      : [`${explained.join(' · ')}${indexProblem === null ? ', see index.json' : ''}`]),
    ...(cut === 0 ? [] : [`${formatCount(cut)} cut by AWS`]),
    ...(indexProblem === null ? [] : [`index.json not written: ${indexProblem}`]),
  ];
  return parts.join(' · ');
}
