/**
 * Writes lines to stdout. Those of one page of rows go out together: a call to the system for each takes longer than all
 * else that is done with a row.
 */
export class LineWriter {
  #unwritten = '';

  /** The line goes out as soon as what is being handled now is done with. */
  write(line: string): void {
    if (this.#unwritten === '') queueMicrotask(() => this.flush());
    this.#unwritten += `${line}\n`;
  }

  /** Writes what is left at once. */
  flush(): void {
    if (this.#unwritten === '') return;
    process.stdout.write(this.#unwritten);
    this.#unwritten = '';
  }
}
