import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { overviewFromInvocation } from '../../../src/domain/command.ts';
import { fieldsContent } from '../../../src/ui/detail/fields-content.ts';
import type { Mode } from '../../../src/ui/state.ts';
import { command, hostileIn, hostileText, invocation, plugin } from '../../helpers/fixtures.ts';

const field = (name: string, value: string) => ({ name, value });
const mode = (of: 'invocation' | 'command', showsParameters = false): Extract<Mode, { kind: 'fields' }> => ({
  kind: 'fields',
  of,
  top: 0,
  showsParameters,
  under: { kind: 'detail', invocationKey: 'a', pluginIndex: null, top: 'start', end: 'start', from: 'list' },
});
const drawn = (view: ReturnType<typeof fieldsContent>) =>
  view.lines.map(({ kind, name, text }) => (kind === 'field' ? `${name}  ${text}` : `[${text}]`));
const row = invocation({
  otherFields: [field('DocumentVersion', '3'), field('TraceOutput', 'one\ntwo')],
  plugins: [
    plugin({ name: 'install', otherFields: [field('OutputS3BucketName', 'logs')] }),
    plugin({ name: 'bare' }),
    plugin({ name: 'verify', otherFields: [field('OutputS3Region', 'eu-west-1')] }),
  ],
});
const ofRow = (chosen: number, columns = 100) =>
  fieldsContent(mode('invocation'), null, row, chosen, columns);
const sent = command({
  allFields: [field('Targets[0].Values', 'prod'), field('Targets[0].Values', 'test')],
  parameters: [field('commands', 'export TOKEN=hunter2'), field('commands', ''), field('commands', 'yum')],
});
const ofCommand = (known: Parameters<typeof fieldsContent>[1], parameters = false) =>
  fieldsContent(mode('command', parameters), known, row, 0, 100);

describe('the fields of an invocation', () => {
  it('are its own, then those of the plugin that is looked at, then those of the others', () =>
    expect(drawn(ofRow(2))).toEqual([
      'DocumentVersion     3',
      'RequestedDateTime   2026-09-27T00:39:03.000Z',
      'TraceOutput         one',
      '                    two',
      '[plugin 3 of 3: verify]',
      'OutputS3Region      eu-west-1',
      '[plugin 1 of 3: install]',
      'OutputS3BucketName  logs',
    ]));

  it('are copied whole, each with its name', () =>
    expect(ofRow(0).copyText.split('\n')).toEqual([
      'DocumentVersion: 3',
      'RequestedDateTime: 2026-09-27T00:39:03.000Z',
      'TraceOutput: one',
      'two',
      'plugin 1 of 3: install',
      'OutputS3BucketName: logs',
      'plugin 3 of 3: verify',
      'OutputS3Region: eu-west-1',
    ]));

  it('that are none are said to be none', () => {
    const bare = invocation({ requestedAt: null, plugins: [plugin()] });
    const view = fieldsContent(mode('invocation'), null, bare, 0, 100);
    expect(drawn(view)).toEqual(['[AWS gave no other field of the invocation that is not empty]']);
    expect(view.copyText).toBe('');
  });

  it('wrap, so that a URL is there whole, and a long name has a line of its own', () => {
    const url = `https://s3.eu-west-1.amazonaws.com/${'a'.repeat(150)}/stdout`;
    const long = field('CloudWatchOutputConfig.CloudWatchLogGroupName', '/aws/ssm/Acme');
    const wide = invocation({ requestedAt: null, otherFields: [field('StandardOutputUrl', url), long] });
    const view = fieldsContent(mode('invocation'), null, wide, 0, 80);
    const { lines } = view;
    expect(lines.slice(0, -2).map(({ text }) => text)).toEqual(url.match(/.{1,59}/g));
    expect(lines.slice(-2)).toMatchObject([
      { name: long.name, text: '' },
      { name: ' '.repeat(17), text: long.value },
    ]);
    expect(lines.map(({ index }) => index)).toEqual([...lines.keys()]);
  });

  it.each([1, 10, 80, 200])('are safe and fit into %i columns, whatever is in them', (columns) =>
    fc.assert(
      fc.property(hostileText(), hostileText(), (name, value) => {
        const hostile = invocation({
          otherFields: [field(name, value)],
          plugins: [plugin({ name, otherFields: [field('OutputS3KeyPrefix', value)] })],
        });
        for (const line of fieldsContent(mode('invocation'), null, hostile, 0, columns).lines) {
          expect(hostileIn(line.name + line.text)).toEqual([]);
          if (line.kind !== 'field' || line.text === '' || columns < 10) continue;
          expect(stringWidth(`${line.name}  ${line.text}`)).toBeLessThanOrEqual(columns - 2);
        }
      }),
    ),
  );
});

describe('the fields of the command', () => {
  it('say once what the name is, and do not have the parameters', () => {
    const view = ofCommand(sent);
    expect(drawn(view)).toEqual([
      '[Parameters: P shows them; hidden, since they may hold secrets]',
      'Targets[0].Values  prod',
      '                   test',
    ]);
    expect(view.copyText).toBe('Targets[0].Values: prod\nTargets[0].Values: test');
  });

  it('have the parameters once they were asked for, with blank lines', () => {
    const view = ofCommand(sent, true);
    expect(drawn(view)).toEqual([
      '[Parameters, which may hold secrets: P hides them]',
      'commands           export TOKEN=hunter2',
      '                   ',
      '                   yum',
      '[Command]',
      'Targets[0].Values  prod',
      '                   test',
    ]);
    expect(view.copyText).toContain('commands: export TOKEN=hunter2\ncommands: \ncommands: yum');
  });

  it('say nothing of parameters where there are none', () => {
    const bare = { ...sent, parameters: [] };
    for (const asked of [false, true]) expect(drawn(ofCommand(bare, asked))).toHaveLength(2);
  });

  it.each([
    ['the command is not known yet', null, 'AWS has not shown the command yet'],
    ['ListCommands is denied', overviewFromInvocation(row), 'only ListCommands gives the fields'],
  ])('say why there are none: %s', (_, known, text) => {
    for (const asked of [false, true]) expect(drawn(ofCommand(known, asked))[0]).toContain(text);
  });
});
