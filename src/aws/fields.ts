import { type Field, type Fields, noFields } from '../domain/fields.ts';
import { isStructure } from './wire.ts';

/**
 * The members of a structure but `left out`, as far as they are not empty, by name. AWS sends much that says nothing: ''
 * and [], and settings of which every member is empty or false.
 */
export function readFields(structure: Record<string, unknown>, leftOut: ReadonlySet<string>): Fields {
  // Rows are many, and most of what they have says nothing: that is found out before anything is made of it.
  const names: string[] = [];
  for (const name in structure) if (!leftOut.has(name) && !isEmpty(structure[name])) names.push(name);
  return names.length === 0 ? noFields : inOrder(names).flatMap((name) => fieldsOf(name, structure[name]));
}

/** `fields`, or `known` where it says the same: what rows have in common is kept once. */
export function sharedFields(fields: Fields, known: Fields | undefined): Fields {
  const isSame =
    fields.length === known?.length &&
    fields.every(({ name, value }, index) => name === known[index]?.name && value === known[index]?.value);
  return isSame ? known : fields;
}

/** Deeper than anything in AWS's model. What is deeper is left out, before it is too deep to be walked through. */
const deepest = 12;

function fieldsOf(name: string, value: unknown, depth = 0): Field[] {
  if (isEmpty(value)) return [];
  if (depth > deepest) return [{ name, value: '…' }];
  if (Array.isArray(value)) {
    // A blank line of a script is a part of it, though it is an empty text.
    return value.flatMap((element, index) =>
      isStructure(element)
        ? fieldsOf(`${name}[${index}]`, element, depth + 1)
        : [{ name, value: textOf(element) }],
    );
  }
  return isStructure(value) && !(value instanceof Date)
    ? inOrder(Object.keys(value)).flatMap((member) => fieldsOf(`${name}.${member}`, value[member], depth + 1))
    : [{ name, value: textOf(value) }];
}

/** In an order of their own: that of the wire is nothing to rely on. */
function inOrder(names: readonly string[]): readonly string[] {
  return names.toSorted((one, other) => (one < other ? -1 : 1));
}

function isEmpty(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'object' || depth > deepest) return false;
  if (value instanceof Date) return Number.isNaN(value.getTime());
  if (Array.isArray(value)) return value.every((element) => isEmpty(element, depth + 1));
  return Object.values(value).every((member) => member === false || isEmpty(member, depth + 1));
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Lists in lists can be too deep for that.
    return '…';
  }
}
