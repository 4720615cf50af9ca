import { type Field, type Fields, noFields } from '../domain/fields.ts';
import { isStructure } from './wire.ts';

/**
 * The members of a structure but `left out`, as far as they are not empty, by name. AWS sends much that says nothing: ''
 * and [], and settings of which every member is empty or false.
 */
export function readFields(structure: Record<string, unknown>, leftOut: ReadonlySet<string>): Fields {
  const fields = membersOf(structure)
    .filter(([name]) => !leftOut.has(name))
    .flatMap(([name, value]) => fieldsOf(name, value));
  return fields.length === 0 ? noFields : fields;
}

function fieldsOf(name: string, value: unknown): Field[] {
  if (isEmpty(value)) return [];
  if (Array.isArray(value)) {
    // A blank line of a script is a part of it, though it is an empty text.
    return value.flatMap((element, index) =>
      isStructure(element) ? fieldsOf(`${name}[${index}]`, element) : [{ name, value: textOf(element) }],
    );
  }
  return isStructure(value) && !(value instanceof Date)
    ? membersOf(value).flatMap(([member, inner]) => fieldsOf(`${name}.${member}`, inner))
    : [{ name, value: textOf(value) }];
}

/** In an order of their own: that of the wire is nothing to rely on. */
function membersOf(structure: Record<string, unknown>): [string, unknown][] {
  return Object.entries(structure).sort(([one], [other]) => (one < other ? -1 : 1));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value instanceof Date) return Number.isNaN(value.getTime());
  if (Array.isArray(value)) return value.every(isEmpty);
  return isStructure(value) && Object.values(value).every((member) => member === false || isEmpty(member));
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
