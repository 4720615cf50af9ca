import { EventEmitter } from 'node:events';

/** A terminal to draw on that counts what is drawn, and keeps nothing of it. */
export class CountingStdout extends EventEmitter {
  readonly columns = 100;
  readonly rows = 30;
  readonly isTTY = true;
  bytes = 0;

  readonly write = (text: string, written?: () => void): boolean => {
    this.bytes += text.length;
    written?.();
    return true;
  };
}

/** Keys to read. */
export class TypedKeys extends EventEmitter {
  readonly isTTY = true;
  #typed: string | null = null;

  type(keys: string): void {
    this.#typed = keys;
    this.emit('readable');
    this.emit('data', keys);
  }

  readonly read = (): string | null => {
    const typed = this.#typed;
    this.#typed = null;
    return typed;
  };

  readonly setEncoding = (): void => {};
  readonly setRawMode = (): void => {};
  readonly resume = (): void => {};
  readonly pause = (): void => {};
  readonly ref = (): void => {};
  readonly unref = (): void => {};
}
