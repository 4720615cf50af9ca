/** How many dangerous texts each property of the sanitiser is tried with: as many as STRINGS says, as `npm run strings` does. */
export const textCount = Number(process.env.STRINGS ?? 20_000);

/** Of those that are drawn, which takes longer; and Ink remembers all texts that it drew. */
export const drawnCount = Math.min(textCount, 100_000);

/** Longer than that many take on a slow machine. Milliseconds. */
export const textTimeout = 60_000 + 2 * textCount;
