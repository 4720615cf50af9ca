/** Where things are on the screen, for the tests that read it. */

/** The line with the cursor. */
export function cursorLine(screen: readonly string[]): string {
  return screen.find((line) => line.startsWith('❯')) ?? '';
}

/** The instance under the cursor. */
export function instanceUnderCursor(screen: readonly string[]): string {
  return instancesOn(screen.filter((line) => line.startsWith('❯')))[0] ?? '';
}

/** The instances of the visible rows, from the top. */
export function instancesOn(screen: readonly string[]): string[] {
  return screen.flatMap((line) => /^[❯ ] \S (m?i-[0-9a-f]{17})\b/.exec(line)?.[1] ?? []);
}

/** The statuses of the visible rows, from the top. */
export function statusesOn(screen: readonly string[]): string[] {
  const at = screen.find((line) => line.includes('INSTANCE'))?.indexOf('STATUS') ?? -1;
  return screen
    .filter((line) => instancesOn([line]).length > 0)
    .map((line) => line.slice(at).split(' ')[0] ?? '');
}

/** The screen without what moves by itself (ages, durations, estimates, the plot), to compare two of them. */
export function still(screen: readonly string[]): string[] {
  return screen.map((line) =>
    line
      .replaceAll(/(\d+m )?\d+ ?s\b/g, '…')
      .replace(/ about .* left/, '')
      .replace(/ [█▁-▇]*[▁-▇][█▁-▇]*( each …)?/, '')
      .replaceAll(/ +/g, ' ')
      .trimEnd(),
  );
}
