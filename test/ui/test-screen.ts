import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { expect } from 'vitest';
import { everything, type RowFilter } from '../../src/domain/rows.ts';
import { App } from '../../src/ui/app.tsx';
import { ScreenController } from '../../src/ui/controller.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';
import { withKeyboard } from './with-keyboard.ts';

/** The whole screen on a terminal of a size. */
export class TestScreen {
  readonly services: FakeServices;
  readonly controller: ScreenController;
  readonly #view: ReturnType<typeof render>;

  constructor(services = new FakeServices(), filter: RowFilter = everything) {
    this.services = services;
    this.controller = new ScreenController(services, filter);
    this.#view = render(
      withKeyboard(createElement(App, { services, controller: this.controller }), this.controller),
    );
    this.resize(100, 30);
  }

  resize(columns: number, rows: number): void {
    const { stdout } = this.#view;
    Object.defineProperty(stdout, 'columns', { value: columns, configurable: true });
    Object.defineProperty(stdout, 'rows', { value: rows, configurable: true });
    stdout.emit('resize');
  }

  /** Bytes from the keyboard, in one read. */
  type(bytes: string): void {
    this.#view.stdin.write(bytes);
  }

  frame(): string {
    return this.#view.lastFrame() ?? '';
  }

  lines(): string[] {
    return this.frame().split('\n');
  }

  get frames(): readonly string[] {
    return this.#view.frames;
  }
}

/** Waits until the screen shows all of the texts. */
export async function shows(screen: TestScreen, ...texts: string[]): Promise<void> {
  await expect
    .poll(() => screen.frame(), { interval: 5 })
    .toSatisfy(
      (frame: string) => texts.every((text) => frame.includes(text)),
      `shows ${texts.join(' and ')}`,
    );
}
