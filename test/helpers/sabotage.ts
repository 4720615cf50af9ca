import { writeFileSync } from 'node:fs';

/**
 * Loaded into the built program with `node --import`, to make it break where it runs: at SIGUSR2 a built-in function that it
 * calls in that place throws from then on, or something throws at once. The program itself knows nothing of this.
 */
const sabotages: Readonly<Record<string, () => void>> = {
  timer: () => {
    setTimeout(fail, 0);
  },
  promise: () => {
    void Promise.reject(new Error('sabotage'));
  },
  // The bar of the progress is drawn with it.
  drawing: () => {
    const { repeat } = String.prototype;
    String.prototype.repeat = function (count: number): string {
      return String(this) === '░' ? fail() : repeat.call(this, count);
    };
  },
  // What is in sight is told to the poller in an effect.
  effect: () => {
    Set.prototype.clear = fail;
  },
  // A key is looked up in the key table.
  key: () => {
    const { find } = Array.prototype;
    Array.prototype.find = function (this: unknown[], ...args: Parameters<typeof find>) {
      const [first] = this;
      return typeof first === 'object' && first !== null && 'contexts' in first
        ? fail()
        : find.apply(this, args);
    } as typeof find;
  },
};

function fail(): never {
  throw new Error('sabotage');
}

process.on('SIGUSR2', () => {
  sabotages[process.env.SABOTAGE ?? '']?.();
  writeFileSync('broken', 'broken');
});
