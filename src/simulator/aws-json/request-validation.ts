import type { JsonOperation } from '../operations.ts';
import { requestShapes, type Shape } from './request-shapes.ts';
import { invalidParameter, ServiceError, validationError } from './service-error.ts';

const serializationError = (message: string) =>
  new ServiceError('SerializationException', message, { messageMember: 'Message' });

const typeNames = { string: 'a String', integer: 'an Integer', boolean: 'a Boolean' } as const;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(shape: Shape, value: unknown): ServiceError {
  if (isObject(value)) return serializationError('Start of structure or map found where not expected.');
  if (Array.isArray(value)) return serializationError('Start of list found where not expected');
  if (shape.type === 'list' || shape.type === 'map' || shape.type === 'structure') {
    return serializationError(`Expected ${shape.type === 'list' ? 'list' : 'map'} or null`);
  }
  const found =
    typeof value === 'boolean'
      ? String(value).toUpperCase()
      : typeof value === 'number'
        ? 'NUMBER'
        : 'STRING';
  return serializationError(`${found}_VALUE can not be converted to ${typeNames[shape.type]}`);
}

/** JSON's types against the model's; the first mismatch is all that AWS reports. */
function checkTypes(shape: Shape, value: unknown): void {
  if (value === null || value === undefined) return;
  switch (shape.type) {
    case 'structure':
      if (!isObject(value)) throw wrongType(shape, value);
      for (const [name, member] of Object.entries(shape.members)) checkTypes(member, value[name]);
      return;
    case 'map':
      if (!isObject(value)) throw wrongType(shape, value);
      for (const member of Object.values(value)) checkTypes(shape.value, member);
      return;
    case 'list':
      if (!Array.isArray(value)) throw wrongType(shape, value);
      for (const member of value) checkTypes(shape.member, member);
      return;
    case 'integer':
      if (!Number.isInteger(value)) throw wrongType(shape, value);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(shape, value);
      return;
    case 'string':
      if (typeof value !== 'string') throw wrongType(shape, value);
  }
}

const shown = (value: unknown) =>
  Array.isArray(value)
    ? `[${value.map((item) => (isObject(item) ? JSON.stringify(item) : String(item))).join(', ')}]`
    : String(value);

function violations(shape: Shape, value: unknown, path: string): string[] {
  if (value === null || value === undefined) return [];
  const breach = (constraint: string) =>
    `Value '${shown(value)}' at '${path}' failed to satisfy constraint: Member must ${constraint}`;
  const outside = (size: number, what: string, { min, max }: { min?: number; max?: number }) => [
    ...(min !== undefined && size < min ? [breach(`have ${what} greater than or equal to ${min}`)] : []),
    ...(max !== undefined && size > max ? [breach(`have ${what} less than or equal to ${max}`)] : []),
  ];
  switch (shape.type) {
    case 'boolean':
      return [];
    case 'integer':
      return outside(value as number, 'value', shape);
    case 'string': {
      const string = value as string;
      return [
        ...outside([...string].length, 'length', shape),
        ...(shape.pattern?.test(string) === false
          ? [breach(`satisfy regular expression pattern: ${shape.pattern.source}`)]
          : []),
        ...(shape.enum?.includes(string) === false
          ? [breach(`satisfy enum value set: [${shape.enum.join(', ')}]`)]
          : []),
      ];
    }
    case 'list': {
      const items = value as unknown[];
      return [
        ...outside(items.length, 'length', shape),
        ...items.flatMap((item, index) => violations(shape.member, item, `${path}.${index + 1}.member`)),
      ];
    }
    case 'map':
      return Object.entries(value).flatMap(([key, item]) =>
        violations(shape.value, item, `${path}.${key}.member`),
      );
    case 'structure': {
      const members = value as Record<string, unknown>;
      const prefix = path === '' ? '' : `${path}.`;
      return Object.entries(shape.members).flatMap(([name, member]) => {
        const at = `${prefix}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        const missing = shape.required?.includes(name) && (members[name] ?? null) === null;
        if (missing) return [`Value null at '${at}' failed to satisfy constraint: Member must not be null`];
        return violations(member, members[name], at);
      });
    }
  }
}

/** Members that are null count as absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === null ? [] : [[name, withoutNulls(member)]],
    ),
  );
}

/**
 * Reads a request's body and checks it against the service model.
 * @throws ServiceError SerializationException, ValidationException or (Logs) InvalidParameterException, in AWS's words
 */
export function readRequest(operation: JsonOperation, body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = body === '' ? {} : JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException');
  }
  const shape = requestShapes[operation];
  if (!isObject(input)) throw wrongType(shape, input);
  checkTypes(shape, input);
  const found = violations(shape, input, '');
  if (found.length > 0) {
    const message = `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${found.join('; ')}`;
    throw operation === 'GetLogEvents' ? invalidParameter(message) : validationError(message);
  }
  return withoutNulls(input) as Record<string, unknown>;
}
