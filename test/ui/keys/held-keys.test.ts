import { describe, expect, it } from 'vitest';
import { HeldKeys } from '../../../src/ui/keys/held-keys.ts';
import type { KeyTarget } from '../../../src/ui/keys/keyboard.tsx';

/** A target that writes down what it is given. */
class FakeTarget implements KeyTarget {
  readonly given: string[] = [];
  readonly #onPress: (key: string) => void;
  prompt = false;
  tell = () => {};

  constructor(onPress: (key: string) => void = () => {}) {
    this.#onPress = onPress;
  }

  press(key: string): 'help' {
    this.given.push(key);
    this.#onPress(key);
    return 'help';
  }

  paste(text: string): void {
    this.given.push(`pasted ${text}`);
  }

  readonly takesPaste = () => this.prompt;
  readonly subscribe = (listener: () => void) => {
    this.tell = listener;
    return () => {
      this.tell = () => {};
    };
  };
}

describe('keys', () => {
  it('that come before anything is shown are kept for it', () => {
    const keys = new HeldKeys();
    expect(keys.press('j')).toBeNull();
    const target = new FakeTarget();
    keys.release(target);
    expect(keys.press('k')).toBe('help');
    expect(target.given).toEqual(['j', 'k']);
  });

  it('behind one that leads to another screen are for that screen', () => {
    const keys = new HeldKeys();
    const first = new FakeTarget((key) => {
      if (key === 'enter') keys.hold();
    });
    keys.release(first);
    for (const key of ['j', 'enter', 'j', 'esc', 'q']) keys.press(key);
    const second = new FakeTarget((key) => {
      if (key === 'esc') keys.hold();
    });
    keys.release(second);
    keys.release(first);
    expect([first.given, second.given]).toEqual([
      ['j', 'enter', 'q'],
      ['j', 'esc'],
    ]);
  });
});

describe('pasted text', () => {
  it('goes where there is a line of input, and that is told', () => {
    const keys = new HeldKeys();
    let told = 0;
    const forget = keys.subscribe(() => {
      told += 1;
    });
    expect(keys.takesPaste()).toBe(false);
    keys.paste('lost');
    const target = new FakeTarget();
    keys.release(target);
    told = 0;
    target.prompt = true;
    target.tell();
    expect([told, keys.takesPaste()]).toEqual([1, true]);
    keys.paste('x');
    expect(target.given).toEqual(['pasted x']);
    keys.hold();
    target.tell();
    expect([told, keys.takesPaste()]).toEqual([1, false]);
    forget();
    keys.release(target);
    expect(told).toBe(1);
  });
});
