import prettyBytes from 'pretty-bytes';
import type { Invocation, Plugin } from '../../domain/invocation.ts';
import type { StreamName } from '../../domain/output-location.ts';
import type { OutputReading, StreamText } from '../../domain/output-reading.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { wasNotReached } from '../../domain/skipped-steps.ts';
import { isTerminal } from '../../domain/status.ts';
import { lineCount, sizeOf } from '../../domain/text-region.ts';
import { type Block, fixedBlock, OutputDocument } from './output-document.ts';

/**
 * What the pane says of a plugin's output: stdout and stderr apart, from where they were read, with a notice wherever
 * something is missing and how to get the rest. `cliOptions` are those with which the AWS CLI reaches the same account.
 */
export function outputDocument(
  invocation: Invocation,
  plugin: Plugin | undefined,
  reading: OutputReading | null,
  cliOptions: string,
): OutputDocument {
  if (!plugin || !reading) return notices('no plugin', ['AWS lists no plugin of this invocation']);
  const { stdout, stderr } = reading;
  const blocks = [
    fixedBlock('notices', 'notice', reading.notices),
    ...streamBlocks('stdout', stdout, invocation, plugin, cliOptions),
    ...streamBlocks('stderr', stderr, invocation, plugin, cliOptions),
  ];
  const document = new OutputDocument(blocks);
  if (!isEmpty(stdout) || !isEmpty(stderr)) return document;
  return new OutputDocument([...blocks, fixedBlock('no output', 'notice', [noOutput(invocation, plugin)])]);
}

function notices(name: string, text: readonly string[]): OutputDocument {
  return new OutputDocument([fixedBlock(name, 'notice', text)]);
}

function streamBlocks(
  stream: StreamName,
  text: StreamText,
  invocation: Invocation,
  plugin: Plugin,
  cliOptions: string,
): Block[] {
  if (isEmpty(text)) return [];
  return [
    fixedBlock(`${stream} heading`, 'heading', [headingOf(stream, text)]),
    { name: stream, kind: stream, region: text.region },
    fixedBlock(`${stream} end`, 'notice', endOf(stream, text, invocation, plugin, cliOptions)),
  ];
}

function isEmpty({ region, moreBefore, moreAfter, truncated }: StreamText): boolean {
  return lineCount(region) === 0 && !moreBefore && !moreAfter && !truncated;
}

/** What comes from elsewhere than the list says so. */
function headingOf(stream: StreamName, { source, total }: StreamText): string {
  if (source === 'ListCommandInvocations') return stream;
  return [stream, source, ...(total === null ? [] : [prettyBytes(total)])].join(' · ');
}

/** What is missing of a stream behind its last line. */
function endOf(
  stream: StreamName,
  { source, region, moreAfter, total, truncated }: StreamText,
  invocation: Invocation,
  plugin: Plugin,
  cliOptions: string,
): string[] {
  if (moreAfter && total !== null) {
    return [`${prettyBytes(sizeOf(region))} of ${prettyBytes(total)} read; more is read as you go on`];
  }
  if (!truncated) return [];
  return source === 'ListCommandInvocations'
    ? [`${stream} was cut by AWS; more of it with:`, ...getInvocationLines(invocation, plugin, cliOptions)]
    : [
        `${stream} was cut by AWS here too; S3 or CloudWatch Logs have all of it, where the command was sent with them`,
      ];
}

/** Short lines, that can be read at 80 columns, and pasted into a shell. */
function getInvocationLines(
  { commandId, instanceId }: Invocation,
  { name }: Plugin,
  cliOptions: string,
): string[] {
  return [
    `  aws ssm get-command-invocation ${cliOptions} \\`,
    `    --command-id ${commandId} \\`,
    `    --instance-id ${shellWord(instanceId)} --plugin-name ${shellWord(name)}`,
  ];
}

function noOutput(invocation: Invocation, plugin: Plugin): string {
  if (wasNotReached(plugin, invocation))
    return 'no output: the step did not run, the invocation ended before it';
  if (isTerminal(plugin)) return 'no output';
  return isTerminal(invocation)
    ? 'no output: the invocation ended before the step did'
    : 'no output yet: AWS shows it when the step has ended';
}
