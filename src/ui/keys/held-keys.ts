import { Listeners } from '../../watch/listeners.ts';
import type { Action } from './actions.ts';
import type { KeyTarget } from './keyboard.tsx';

/**
 * The keys on their way to what is shown. Those that are typed after one that leads to another screen are meant for
 * that one, and are kept until it is there.
 */
export class HeldKeys implements KeyTarget {
  #target: KeyTarget | null = null;
  #held: string[] = [];
  readonly #listeners = new Listeners();
  #unsubscribe = () => {};

  press(key: string): Action | null {
    if (this.#target) return this.#target.press(key);
    this.#held.push(key);
    return null;
  }

  paste(text: string): void {
    this.#target?.paste(text);
  }

  readonly takesPaste = (): boolean => this.#target?.takesPaste() ?? false;

  readonly subscribe = this.#listeners.subscribe;

  /** Keeps the keys from now on. */
  hold(): void {
    this.#unsubscribe();
    this.#target = null;
  }

  /** Gives the target the keys that were kept, as far as it does not lead away again, and those that come. */
  release(target: KeyTarget): void {
    this.hold();
    this.#target = target;
    this.#unsubscribe = target.subscribe(this.#listeners.tell);
    const held = this.#held;
    this.#held = [];
    for (const key of held) this.press(key);
    this.#listeners.tell();
  }
}
