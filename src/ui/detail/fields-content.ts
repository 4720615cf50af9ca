import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { CommandOverview } from '../../domain/command.ts';
import type { Fields } from '../../domain/fields.ts';
import { fieldsOfInvocation, fieldsOfPlugin, type Invocation } from '../../domain/invocation.ts';
import { sanitiseLine, sanitiseLines } from '../../domain/sanitise.ts';
import type { Mode } from '../state.ts';

/** Fields that belong together. Texts are as they came. */
interface Section {
  /** Null for what the pane as a whole is about. */
  readonly title: string | null;
  /** One line that is said above the fields, or instead of them. */
  readonly notice: string | null;
  readonly fields: Fields;
}

/** One line of the fields pane, safe to draw. */
export interface FieldLine {
  /** Place in the whole, from 0. */
  readonly index: number;
  readonly kind: 'heading' | 'field' | 'notice';
  /** As wide as the names are; blank below the first line of a value. */
  readonly name: string;
  readonly text: string;
}

/** All that the fields pane shows. */
export interface FieldsContent {
  readonly lines: readonly FieldLine[];
  /** The fields as they are copied, whole and as they came. */
  readonly copyText: string;
}

type FieldsMode = Extract<Mode, { kind: 'fields' }>;

/** Of the width, for names at most; a longer name has a line of its own. */
const nameShare = 0.4;
/** Cells beside the lines, and between name and value. */
const margin = 1;
const gap = 2;

/** The fields pane on a screen of so many columns; `pluginIndex` is the index of the plugin whose output is looked at. */
export function fieldsContent(
  mode: FieldsMode,
  command: CommandOverview | null,
  invocation: Invocation,
  pluginIndex: number,
  columns: number,
): FieldsContent {
  const sections =
    mode.of === 'command' ? commandSections(command, mode) : invocationSections(invocation, pluginIndex);
  return { lines: linesOf(sections, columns), copyText: copyTextOf(sections) };
}

/** The plugin that is looked at comes first. */
function invocationSections(invocation: Invocation, pluginIndex: number): Section[] {
  const { plugins } = invocation;
  const fields = fieldsOfInvocation(invocation);
  const steps = plugins.map((plugin, index) => ({
    title: `plugin ${index + 1} of ${plugins.length}: ${plugin.name}`,
    notice: null,
    fields: fieldsOfPlugin(plugin),
  }));
  const ordered = [
    ...steps.slice(pluginIndex, pluginIndex + 1),
    ...steps.filter((_, index) => index !== pluginIndex),
  ];
  const told = ordered.filter((step) => step.fields.length > 0);
  if (fields.length + told.length === 0) {
    return [notice('AWS gave no other field of the invocation that is not empty')];
  }
  return [{ title: null, notice: null, fields }, ...told];
}

function commandSections(command: CommandOverview | null, { showsParameters }: FieldsMode): Section[] {
  if (command === null) return [notice('AWS has not shown the command yet')];
  if (command.status === null) {
    return [notice('only ListCommands gives the fields of the command, and it is denied')];
  }
  const { allFields, parameters } = command;
  const own = { title: null, notice: null, fields: allFields };
  if (parameters.length === 0) return [own];
  if (!showsParameters) return [notice('Parameters: P shows them; hidden, since they may hold secrets'), own];
  const secret = { title: 'Parameters, which may hold secrets: P hides them', notice: null };
  return [
    { ...secret, fields: parameters },
    { ...own, title: 'Command' },
  ];
}

function notice(text: string): Section {
  return { title: null, notice: text, fields: [] };
}

function linesOf(sections: readonly Section[], columns: number): FieldLine[] {
  const names = sections.flatMap(({ fields }) => fields.map(({ name }) => stringWidth(sanitiseLine(name))));
  const most = Math.floor(columns * nameShare);
  const nameWidth = names.reduce((width, name) => (name > most ? width : Math.max(width, name)), 0);
  const textWidth = Math.max(1, columns - margin - nameWidth - gap - margin);
  return sections
    .flatMap(({ title, notice: said, fields }) => [
      ...(title === null ? [] : [{ kind: 'heading' as const, name: '', text: sanitiseLine(title) }]),
      ...(said === null ? [] : [{ kind: 'notice' as const, name: '', text: said }]),
      ...fields.flatMap(({ name, value }, index) => {
        const shownName = name === fields[index - 1]?.name ? '' : sanitiseLine(name);
        return beside(shownName, nameWidth, wrapped(value, textWidth));
      }),
    ])
    .map((line, index) => ({ ...line, index }));
}

/** The name, and the lines of the value beside it; below it where the name is too long. */
function beside(name: string, nameWidth: number, texts: readonly string[]): Omit<FieldLine, 'index'>[] {
  const space = nameWidth - stringWidth(name);
  const below = { kind: 'field' as const, name: ' '.repeat(nameWidth) };
  if (space < 0) return [{ ...below, name, text: '' }, ...texts.map((text) => ({ ...below, text }))];
  return texts.map((text, index) => ({
    ...below,
    ...(index === 0 && { name: name + ' '.repeat(space) }),
    text,
  }));
}

/** Always whole, so that URLs can be read. */
function wrapped(value: string, width: number): string[] {
  return wrapAnsi(sanitiseLines(value).join('\n'), width, { hard: true, trim: false, wordWrap: false }).split(
    '\n',
  );
}

function copyTextOf(sections: readonly Section[]): string {
  return sections
    .flatMap(({ title, fields }) => [
      ...(title === null ? [] : [title]),
      ...fields.map(({ name, value }) => `${name}: ${value}`),
    ])
    .join('\n');
}
