import { describe, expect, it } from 'vitest';
import { Footer } from '../../../src/ui/footer.tsx';
import { helpLinesFor } from '../../../src/ui/help-lines.ts';
import { HelpPane } from '../../../src/ui/help-pane.tsx';
import { KeyLabelsContext, keySigns, wordLabels } from '../../../src/ui/keys/key-labels.ts';
import { frameOf } from '../frame.ts';

const footer = <Footer context="list" prompt={null} input="" notice={null} position="" screenWidth={100} />;
const help = <HelpPane lines={helpLinesFor('list')} />;

describe.each([
  ['signs', keySigns, '↑↓ move  ⏎ output', /^ +⏎ +open the output/m],
  ['names', wordLabels, 'Up/Down move  Enter output', /^ +Enter +open the output/m],
] as const)('keys have %s', (_, labels, inFooter, inHelp) => {
  const draw = (node: typeof footer) => frameOf(<KeyLabelsContext value={labels}>{node}</KeyLabelsContext>);

  it('in the footer', () => expect(draw(footer)).toContain(inFooter));

  it('in the help, where none is cut', () => {
    expect(draw(help)).toMatch(inHelp);
    expect(draw(help).replace(/^(.{23}).*/gm, '$1')).not.toContain('…');
  });
});
