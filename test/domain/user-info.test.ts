import { expect, it } from 'vitest';
import { withoutUserInfo } from '../../src/domain/user-info.ts';

it.each([
  ['http://alice:hunter2@host:4567', 'http://host:4567/'],
  ['https://alice@host/path?x=1', 'https://host/path?x=1'],
  ['http:/alice:hun@ter2@host', 'http://host/'],
  ['alice:hunter2@host', 'host'],
  ['ftp://alice:hunter2@host', 'ftp://host'],
  ['http://alice:hun/ter2@host', 'http://host'],
  ['http://alice:hunter2@host:99999', 'http://host:99999'],
])('%s is shown as %s', (text, shown) => expect(withoutUserInfo(text)).toBe(shown));

it.each(['http://127.0.0.1:4567', 'https://host/a@b', 'localhost:4567', 'not-a-url', ''])(
  '%s stays as it is',
  (text) => expect(withoutUserInfo(text)).toBe(text),
);
