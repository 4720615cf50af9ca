import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { commandId, instanceIdOf } from './standing-rollout.ts';

/** What came in, and what was sent back. */
export interface EndpointCounts {
  readonly calls: number;
  /** Calls of ListCommandInvocations. */
  readonly pages: number;
  /** Of the answers' bodies. */
  readonly bytes: number;
}

/** An endpoint that lists a rollout of so many rows that stands still, served by another process. */
export class Endpoint implements Disposable {
  /** Arguments of ssm-watch that make it watch the rollout. */
  readonly args: readonly string[];
  readonly url: string;
  readonly rows: number;
  readonly #process: ChildProcess;

  static async open(rows: number): Promise<Endpoint> {
    const child = fork(fileURLToPath(new URL('./endpoint-process.ts', import.meta.url)), [String(rows)]);
    const [port] = await once(child, 'message');
    return new Endpoint(child, `http://127.0.0.1:${port}`, rows);
  }

  private constructor(child: ChildProcess, url: string, rows: number) {
    this.#process = child;
    this.url = url;
    this.rows = rows;
    this.args = ['--endpoint-url', url, '--region', 'eu-west-1', commandId];
  }

  /** Pages of 50 that list all rows. */
  get pages(): number {
    return Math.ceil(this.rows / 50);
  }

  /** Of the row that is drawn first. */
  get firstInstanceId(): string {
    return instanceIdOf(0);
  }

  async counts(): Promise<EndpointCounts> {
    const counts = (await (await fetch(this.url)).json()) as EndpointCounts;
    return counts;
  }

  /** Waits until so many pages were asked for in all. @throws Error after two minutes */
  async waitForPages(pages: number): Promise<void> {
    const deadline = Date.now() + 120_000;
    while ((await this.counts()).pages < pages) {
      if (Date.now() > deadline)
        throw new Error(`the endpoint was not asked for ${pages} pages in two minutes`);
      await delay(20);
    }
  }

  [Symbol.dispose](): void {
    this.#process.disconnect();
  }
}
