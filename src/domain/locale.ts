type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the locale has UTF-8, by LC_ALL, else LC_CTYPE, else LANG, as POSIX orders them; an empty one counts as none.
 * With none it is the C locale, which has ASCII only, but on Windows, where these variables are not used.
 */
export function hasUtf8(env: Environment, platform: NodeJS.Platform): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale ? /utf-?8/i.test(locale) : platform === 'win32';
}
