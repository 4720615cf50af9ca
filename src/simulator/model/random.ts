/**
 * A stream of numbers that depends on its keys alone. Every draw in the simulator has keys of its own (seed, row,
 * purpose), so that one more draw somewhere, or a cancel, never changes what happens elsewhere.
 */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [min, max]. */
  int(min: number, max: number): number;
  /** A number in [min, max). */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<const T extends readonly [unknown, ...unknown[]]>(items: T): T[number];
  shuffle<T>(items: readonly T[]): T[];
  /** `length` lower-case hex digits. */
  hex(length: number): string;
}

/** FNV-1a over the keys, with a separator so that ('a', 'bc') and ('ab', 'c') differ. */
function hash(keys: readonly (string | number)[]): number {
  let state = 0x811c9dc5;
  for (const character of keys.join('\u0000')) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return state >>> 0;
}

/** The stream that belongs to `keys`. */
export function random(...keys: readonly (string | number)[]): Random {
  let state = hash(keys);
  // Mulberry32: 32 bits of state are plenty, because streams are short and many.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)],
    shuffle(items) {
      const shuffled = [...items];
      for (let end = shuffled.length - 1; end > 0; end--) {
        const other = int(0, end);
        [shuffled[end], shuffled[other]] = [shuffled[other] as never, shuffled[end] as never];
      }
      return shuffled;
    },
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
  };
}

/** A version 4 UUID, as command IDs and request IDs are. */
export function uuid(source: Random): string {
  const digits = source.hex(32);
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}
