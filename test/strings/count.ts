/**
 * How many dangerous texts each property is tried with: `npm run strings` tries a million, and STRINGS any other number.
 */
export const textCount = Number(process.env.STRINGS ?? (process.env.MODE === 'million' ? 1_000_000 : 20_000));

/** Longer than that many take on a slow machine. Milliseconds. */
export const textTimeout = 60_000 + 2 * textCount;
