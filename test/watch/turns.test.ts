import { expect, it } from 'vitest';
import { Turns } from '../../src/watch/turns.ts';

it.each<[string, readonly string[], readonly string[]]>([
  ['few are all taken each time, in their order', ['ab', 'ab', 'ab'], ['ab', 'ab', 'ab']],
  ['of many others are each time, until all have been', ['abcde', 'abcde', 'abcde'], ['abc', 'dea', 'bcd']],
  [
    'those that are left when others went go on from the same place',
    ['abcdef', 'abcd', 'abcd'],
    ['abc', 'dab', 'cda'],
  ],
  ['few among many begin anew', ['abcd', 'xy', 'abcd'], ['abc', 'xy', 'dab']],
  ['none are none', ['', 'abcd'], ['', 'dab']],
])('%s', (_, waiting, taken) => {
  const turns = new Turns(3);
  expect(waiting.map((all) => turns.take([...all]).join(''))).toEqual(taken);
});
