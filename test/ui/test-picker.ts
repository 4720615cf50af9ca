import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { expect } from 'vitest';
import { Picker } from '../../src/ui/picker/picker.tsx';
import { PickerController } from '../../src/ui/picker/picker-controller.ts';
import type { PickerServices } from '../../src/ui/picker/picker-services.ts';
import { requestedAt } from '../helpers/fixtures.ts';
import { type FakeAccount, VirtualList } from '../helpers/recent-commands.ts';
import { withKeyboard } from './with-keyboard.ts';

/** Services that write down what they are asked for, around a real list on a clock that a test moves. */
export class FakePickerServices implements PickerServices {
  readonly virtual: VirtualList;
  /** Calls in order: `watch …`, `back`, `leave`, `copy …`. */
  readonly calls: string[] = [];
  instanceId: string | null = null;
  except: string | null = null;
  back: (() => void) | null = null;
  readonly interval = 5_000;

  constructor(account: FakeAccount) {
    this.virtual = new VirtualList(account);
  }

  readonly clocks = {
    monotonic: () => this.virtual.now,
    awsTime: () => requestedAt + 3_600_000 + this.virtual.now,
  };
  readonly place = () => ({ region: 'eu-west-1', profile: 'prod', account: null });
  readonly copy = (text: string) => void this.calls.push(`copy ${text}`);
  readonly watch = (commandId: string) => void this.calls.push(`watch ${Number(commandId.slice(-12))}`);
  readonly leave = () => void this.calls.push('leave');

  get list(): VirtualList['list'] {
    return this.virtual.list;
  }

  /** From now on there is something to go back to. */
  lieAbove(): void {
    this.back = () => void this.calls.push('back');
  }
}

/** The picker on a terminal of a size. */
export class TestPicker {
  readonly services: FakePickerServices;
  readonly controller: PickerController;
  readonly #view: ReturnType<typeof render>;

  constructor(services: FakePickerServices, columns = 100, rows = 30) {
    this.services = services;
    this.controller = new PickerController(services);
    this.#view = render(
      withKeyboard(createElement(Picker, { services, controller: this.controller }), this.controller),
    );
    this.resize(columns, rows);
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

  lines(): string[] {
    return (this.#view.lastFrame() ?? '').split('\n');
  }

  /** Waits until the screen shows all of the texts. */
  async shows(...texts: readonly string[]): Promise<void> {
    await expect
      .poll(() => this.#view.lastFrame() ?? '', { interval: 5 })
      .toSatisfy(
        (frame: string) => texts.every((text) => frame.includes(text)),
        `shows ${texts.join(' and ')}`,
      );
  }

  close(): void {
    this.#view.unmount();
    this.services.virtual.stop();
  }
}
