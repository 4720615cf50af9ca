const usualPatience = 120_000;
/** Some conditions depend on more than on what announces itself. */
const lookAgainAfter = 50;

/** Conditions that are looked at again whenever something happened, and now and then. */
export class Watched {
  readonly #checks = new Set<() => void>();

  /** Something happened. */
  changed(): void {
    for (const check of this.#checks) check();
  }

  /**
   * What `probe` gives, as soon as that is not undefined.
   *
   * @throws Error with `describe()` when that does not come in `patience` milliseconds, or can no longer come (`hopeless`)
   */
  waitFor<Value>(
    probe: () => Value | undefined,
    hopeless: () => boolean,
    describe: () => string,
    patience = usualPatience,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const deadline = Date.now() + patience;
      const settle = (conclude: () => void) => {
        clearInterval(timer);
        this.#checks.delete(check);
        conclude();
      };
      const check = () => {
        try {
          const value = probe();
          if (value !== undefined) settle(() => resolve(value));
          else if (hopeless() || Date.now() > deadline) settle(() => reject(new Error(describe())));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const timer = setInterval(check, lookAgainAfter);
      this.#checks.add(check);
      check();
    });
  }
}
