import { expect, it } from 'vitest';
import { hasUtf8 } from '../../src/domain/locale.ts';

it.each<[Record<string, string>, boolean]>([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'de_DE.utf8@euro' }, true],
  [{ LANG: 'C.UTF-8' }, true],
  [{ LC_CTYPE: 'UTF-8' }, true],
  [{ LANG: 'en_US.ISO-8859-1' }, false],
  [{ LANG: 'en_US' }, false],
  [{ LANG: 'C' }, false],
  [{ LANG: 'POSIX' }, false],
  [{ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'en_US.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'C', LC_CTYPE: 'C', LC_ALL: 'en_US.UTF-8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
  [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'C' }, true],
  [{}, true],
  [{ LANG: '' }, true],
])('%j: %s', (env, expected) => {
  expect(hasUtf8(env)).toBe(expected);
});
