import { describe, expect, it } from 'vitest';
import { FieldsPane } from '../../../src/ui/detail/fields-pane.tsx';
import { commandId, hostileIn, instanceId, invocation } from '../../helpers/fixtures.ts';
import { hostile } from '../../helpers/ui-fixtures.ts';
import { frameOf } from '../frame.ts';

const lines = [
  { index: 4, kind: 'notice', name: '', text: 'a notice' },
  { index: 5, kind: 'heading', name: '', text: 'plugin 1 of 1: a' },
  { index: 6, kind: 'field', name: 'Name ', text: 'value' },
  { index: 7, kind: 'field', name: '     ', text: 'more' },
] as const;

describe('the fields pane', () => {
  it('shows the lines that it is given below what they are of', () =>
    expect(
      frameOf(<FieldsPane of="invocation" invocation={invocation()} lines={lines} />).split('\n'),
    ).toEqual([
      ` Fields of ${instanceId} web-eu-01`,
      'a notice',
      'plugin 1 of 1: a',
      ' Name   value',
      '        more',
    ]));

  it('names the command where the fields are the command’s', () =>
    expect(frameOf(<FieldsPane of="command" invocation={invocation()} lines={[]} />)).toBe(
      ` Fields of the command ${commandId}`,
    ));

  it.each([1, 20, 100])('draws a hostile name safely in one line of %i columns', (width) => {
    const row = invocation({ instanceName: hostile });
    const frame = frameOf(<FieldsPane of="invocation" invocation={row} lines={lines} />, width);
    expect(frame.split('\n')).toHaveLength(5);
    expect(hostileIn(frame.replaceAll('\n', ''))).toEqual([]);
  });
});
