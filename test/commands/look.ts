import { onTestFinished } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import type { StreamName } from '../../src/domain/output-location.ts';
import type { OutputReading } from '../../src/domain/output-reading.ts';
import { textOf } from '../../src/domain/text-region.ts';
import type { OutputReaders } from '../../src/watch/outputs/output-readers.ts';
import { OutputStore } from '../../src/watch/outputs/output-store.ts';
import { Pauses } from '../helpers/output-store.ts';

/** A store of outputs as somebody looks at the first plugin of a row. */
export class Look {
  readonly row: Invocation;
  readonly store: OutputStore;
  readonly pauses = new Pauses();

  constructor(readers: OutputReaders, row: Invocation) {
    this.row = row;
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    this.store = new OutputStore(readers, this.pauses.pause, stop.signal);
  }

  get reading(): OutputReading {
    const reading = this.store.reading(this.row, 0);
    if (!reading) throw new Error('no such plugin');
    return reading;
  }

  text(stream: StreamName): string {
    return textOf(this.reading[stream].region);
  }

  /** What there is to read from an end of it, once all that can be read at once is. */
  async from(end: 'start' | 'end'): Promise<OutputReading> {
    this.store.look(this.row, 0, end);
    return this.settled();
  }

  /** What is there after the next answer. */
  async after(ask: () => unknown): Promise<OutputReading> {
    const changed = new Promise<void>((resolve) => {
      const leave = this.store.subscribe(() => {
        leave();
        resolve();
      });
    });
    await ask();
    await changed;
    return this.settled();
  }

  settled(): Promise<OutputReading> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.reading.busy) return;
        leave();
        resolve(this.reading);
      };
      const leave = this.store.subscribe(check);
      check();
    });
  }
}
