/**
 * What this program draws beside ASCII, as a part of a character class. Each takes one cell and is a grapheme of its own,
 * whatever stands next to it.
 */
export const ownCharacters = '±·×–—‘’“”•…←-↓−∞≤≥⊘⏎─-▟●○◌◷✓✗❯';
