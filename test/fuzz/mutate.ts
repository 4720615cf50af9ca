import { gzipSync } from 'node:zlib';

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** How it is sent: whole, or in a way that breaks HTTP itself. */
  readonly sent: 'whole' | 'closed half-way' | 'never ended' | 'as garbage' | 'not at all';
}

/** A change of an answer, as data, so that a counterexample can be read. Numbers below 1 are shares: of a list, of a text. */
export type Mutation =
  | { readonly change: 'member'; readonly path: readonly number[]; readonly edit: MemberEdit }
  | { readonly change: 'rows'; readonly edit: RowEdit; readonly from: number; readonly to: number }
  /** A row that says something that could be true. */
  | { readonly change: 'statement'; readonly at: number; readonly member: string; readonly value: unknown }
  | { readonly change: 'text'; readonly edit: TextEdit; readonly at: number }
  | { readonly change: 'body'; readonly body: string }
  | { readonly change: 'error'; readonly status: number; readonly type: string; readonly message: string }
  | { readonly change: 'status'; readonly status: number }
  | { readonly change: 'header'; readonly header: readonly [name: string, value: string] }
  | { readonly change: 'length'; readonly by: number }
  | { readonly change: 'gzip' }
  | { readonly change: 'sent'; readonly sent: WireAnswer['sent'] };

export type MemberEdit =
  | { readonly do: 'drop' | 'repeat' }
  | { readonly do: 'set'; readonly value: string }
  | { readonly do: 'rename'; readonly name: string }
  /** Gives the member a second time, later in the text. */
  | { readonly do: 'shadow'; readonly value: string }
  | { readonly do: 'swap'; readonly other: number };

export const rowEdits = [
  'drop',
  'repeat',
  'swap',
  'reverse',
  'copy',
  'InstanceId',
  'Status',
  'StatusDetails',
] as const;
type RowEdit = (typeof rowEdits)[number];

export const textEdits = [
  'cut',
  'flip',
  'NUL',
  'garbage',
  'BOM',
  'UTF-16',
  'latin-1',
  'twice',
  'more',
] as const;
type TextEdit = (typeof textEdits)[number];

/** The answer with the change. What does not apply to it changes nothing. */
export function mutate(answer: WireAnswer, change: Mutation): WireAnswer {
  switch (change.change) {
    case 'member':
      return inJson(answer, (root) => editMember(root, change.path, change.edit));
    case 'rows':
      return inJson(answer, (root) => editRows(root, change));
    case 'statement':
      return inJson(answer, (root) => {
        const row = at(rowsOf(root), change.at);
        if (isNode(row)) Reflect.set(row, change.member, change.value);
      });
    case 'text':
      return { ...answer, body: editText(answer.body, change.edit, change.at) };
    case 'body':
      return { ...answer, body: Buffer.from(change.body) };
    case 'error': {
      const body = JSON.stringify({ __type: change.type, message: change.message });
      return { ...answer, status: change.status, body: Buffer.from(body) };
    }
    case 'status':
      return { ...answer, status: change.status };
    case 'header':
      return { ...answer, headers: { ...answer.headers, [change.header[0]]: change.header[1] } };
    case 'length': {
      const length = Math.max(0, answer.body.length + change.by);
      return { ...answer, headers: { ...answer.headers, 'content-length': String(length) } };
    }
    case 'gzip':
      return {
        ...answer,
        headers: { ...answer.headers, 'content-encoding': 'gzip' },
        body: gzipSync(answer.body),
      };
    case 'sent':
      return { ...answer, sent: change.sent };
  }
}

type Node = Record<string, unknown> | unknown[];
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** JSON text in place of a value, until all is written. */
const raw = (text: string) => `\u0001raw:${Buffer.from(text).toString('base64')}:`;
const writeRaw = (text: string) =>
  text.replaceAll(/"\\u0001raw:([^:]*):"/g, (_, encoded: string) =>
    Buffer.from(encoded, 'base64').toString(),
  );

function inJson(answer: WireAnswer, edit: (root: Node) => void): WireAnswer {
  let root: unknown;
  try {
    root = JSON.parse(answer.body.toString());
  } catch {
    return answer;
  }
  if (!isNode(root)) return answer;
  edit(root);
  return { ...answer, body: Buffer.from(writeRaw(JSON.stringify(root))) };
}

const at = <Item>(items: readonly Item[], place: number) => items[Math.floor(place * items.length)];

function editMember(root: Node, path: readonly number[], edit: MemberEdit): void {
  let parent = root;
  let name: string | undefined;
  for (const step of path) {
    const inner: unknown = name === undefined ? root : Reflect.get(parent, name);
    if (!isNode(inner)) break;
    const next = at(Object.keys(inner), step);
    if (next === undefined) break;
    [parent, name] = [inner, next];
  }
  if (name === undefined) return;
  const value: unknown = Reflect.get(parent, name);
  const set = (key: string, other: unknown) =>
    Object.defineProperty(parent, key, {
      value: other,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  switch (edit.do) {
    case 'set':
      set(name, raw(edit.value));
      break;
    case 'drop':
      if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else delete parent[name];
      break;
    case 'repeat':
      if (Array.isArray(parent)) parent.splice(Number(name), 0, value);
      else set(`${name} `, value);
      break;
    case 'rename':
      if (Array.isArray(parent)) break;
      delete parent[name];
      set(edit.name, value);
      break;
    case 'shadow':
      // As text, since an object cannot have a member twice.
      set(name, raw(`${JSON.stringify(value)},${JSON.stringify(name)}:${edit.value}`));
      break;
    case 'swap': {
      const other = at(Object.keys(parent), edit.other) ?? name;
      set(name, Reflect.get(parent, other));
      set(other, value);
    }
  }
}

const rowsOf = (root: Node) =>
  Object.values(root).find((value): value is unknown[] => Array.isArray(value)) ?? [];

/** Rows of a list, and members that go from one row to another. */
function editRows(root: Node, { edit, from, to }: Mutation & { readonly change: 'rows' }): void {
  const rows = rowsOf(root);
  const [first, second] = [Math.floor(from * rows.length), Math.floor(to * rows.length)];
  const [source, target] = [rows[first], rows[second]];
  switch (edit) {
    case 'drop':
      rows.splice(first, 1);
      break;
    case 'repeat':
      if (rows.length > 0) rows.splice(second, 0, source);
      break;
    case 'swap':
      if (rows.length > 0) [rows[first], rows[second]] = [target, source];
      break;
    case 'reverse':
      rows.reverse();
      break;
    case 'copy':
      if (rows.length > 0) rows[second] = source;
      break;
    default:
      if (isNode(source) && isNode(target)) Reflect.set(target, edit, Reflect.get(source, edit));
  }
}

function editText(body: Buffer, edit: TextEdit, place: number): Buffer {
  const offset = Math.floor(place * body.length);
  const [head, tail] = [body.subarray(0, offset), body.subarray(offset)];
  switch (edit) {
    case 'cut':
      return head;
    case 'flip':
      return Buffer.concat([head, Buffer.from([(tail[0] ?? 0) ^ 0x04]), tail.subarray(1)]);
    case 'NUL':
      return Buffer.concat([head, Buffer.from([0]), tail]);
    case 'garbage':
      return Buffer.concat([head, Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0]), tail]);
    case 'BOM':
      return Buffer.concat([Buffer.from('\ufeff'), body]);
    case 'UTF-16':
      return Buffer.from(body.toString(), 'utf16le');
    case 'latin-1':
      return Buffer.from(`${head}ÿé${tail}`, 'latin1');
    case 'twice':
      return Buffer.concat([body, body]);
    case 'more':
      return Buffer.concat([body, Buffer.from(' {"NextToken":"x"}')]);
  }
}
