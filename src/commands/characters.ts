import { asciiCells, asciiText } from '../domain/ascii.ts';
import { hasUtf8 } from '../domain/locale.ts';

/** Whether the locale can take more than ASCII. */
export const utf8 = hasUtf8(process.env);

/** A text for people as the locale can take it. What machines read (`json`) is UTF-8 in every locale. */
export const spell: (text: string) => string = utf8 ? (text) => text : asciiText;

/** A terminal to draw on, which gets what the locale can take. */
export function drawnOn(terminal: NodeJS.WriteStream): NodeJS.WriteStream {
  return utf8 ? terminal : withAsciiCells(terminal);
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
