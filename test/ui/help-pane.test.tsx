import { describe, expect, it } from 'vitest';
import { helpLinesFor } from '../../src/ui/help-lines.ts';
import { HelpPane } from '../../src/ui/help-pane.tsx';
import { frameOf } from './frame.ts';

const helpLines = helpLinesFor('list');

describe('the help', () => {
  it('draws the lines that it is given', () => {
    const lines = helpLines.slice(0, 3);
    const drawn = frameOf(<HelpPane lines={lines} />).split('\n');
    expect(drawn.map((line) => line.trim().replace(/ {2,}/, ' | '))).toEqual(
      lines.map(({ labels, text }) => (labels === null ? text : `${labels.join(' ')} | ${text}`)),
    );
  });

  it('cuts nothing at 80 columns', () => {
    expect(frameOf(<HelpPane lines={helpLines} />, 80)).not.toContain('…');
  });

  it('cuts its lines at the edge of a narrow screen', () => {
    const narrow = frameOf(<HelpPane lines={helpLines} />, 12).split('\n');
    expect(narrow).toHaveLength(helpLines.length);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(12);
  });
});
