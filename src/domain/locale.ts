type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the locale has UTF-8, by LC_ALL, else LC_CTYPE, else LANG, as POSIX orders them; an empty one counts as none. With
 * none it would be the C locale; but then nobody has said anything of the terminal (containers, `sudo`, services), and
 * terminals have UTF-8.
 */
export function hasUtf8(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return !locale || /utf-?8/i.test(locale);
}
