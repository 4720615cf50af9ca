import { asciiCells, asciiText } from '../domain/ascii.ts';
import { hasUtf8 } from '../domain/locale.ts';

/** What the locale of the terminal can take. */
export interface Characters {
  /** Whether that is more than ASCII. */
  readonly utf8: boolean;
  /** A text for people as the locale can take it. What machines read (`json`) is UTF-8 in every locale. */
  readonly spell: (text: string) => string;
  /** A terminal to draw on, which gets what the locale can take. */
  readonly drawnOn: (terminal: NodeJS.WriteStream) => NodeJS.WriteStream;
}

/** What the locale can take that the environment names. */
export function charactersIn(env: Readonly<Record<string, string | undefined>>): Characters {
  return hasUtf8(env)
    ? { utf8: true, spell: (text) => text, drawnOn: (terminal) => terminal }
    : { utf8: false, spell: asciiText, drawnOn: withAsciiCells };
}

/** The same stream, but what is written to it is changed to ASCII. */
export function withAsciiCells(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: never[]) =>
    stream.write(typeof chunk === 'string' ? asciiCells(chunk) : chunk, ...rest);
  return new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
