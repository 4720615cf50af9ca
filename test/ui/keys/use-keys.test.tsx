import { Text } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { useKeys } from '../../../src/ui/keys/use-keys.ts';

afterEach(cleanup);

/** What is typed, as the program hears it. */
function listen(takesPaste = false) {
  const heard: string[] = [];
  function Listener() {
    useKeys((key) => heard.push(key), takesPaste ? (text) => heard.push(`pasted ${text}`) : null);
    return <Text>listening</Text>;
  }
  const { stdin } = render(<Listener />);
  return { heard, type: (bytes: string) => stdin.write(bytes) };
}

describe('bytes from a terminal', () => {
  it.each<[string, string, string[]]>([
    ['a letter', 'j', ['j']],
    ['a capital', 'G', ['G']],
    ['a held key', 'jjj', ['j', 'j', 'j']],
    ['a line at once', '/web\r', ['/', 'w', 'e', 'b', 'enter']],
    ['other scripts', 'é日😀', ['é', '日', '😀']],
    ['Enter', '\r', ['enter']],
    ['Ctrl-J', '\n', ['enter']],
    ['Space', ' ', ['space']],
    ['Tab', '\t', ['tab']],
    ['Shift-Tab', '\u001b[Z', ['shift-tab']],
    ['Backspace', '\u007f', ['backspace']],
    ['the other Backspace', '\b', ['backspace']],
    ['Delete', '\u001b[3~', ['delete']],
    ['arrows', '\u001b[A\u001b[B\u001b[C\u001b[D', ['up', 'down', 'right', 'left']],
    ['arrows in application mode', '\u001bOA\u001bOB', ['up', 'down']],
    ['pages', '\u001b[5~\u001b[6~', ['pageup', 'pagedown']],
    ['Home and End', '\u001b[H\u001b[F', ['home', 'end']],
    [
      'Home and End of other terminals',
      '\u001b[1~\u001b[4~\u001b[7~\u001b[8~',
      ['home', 'end', 'home', 'end'],
    ],
    ['Ctrl-B', '\u0002', ['ctrl-b']],
    ['Ctrl-C', '\u0003', ['ctrl-c']],
    ['Ctrl-D', '\u0004', ['ctrl-d']],
    ['Ctrl-F', '\u0006', ['ctrl-f']],
    ['Ctrl-L', '\u000c', ['ctrl-l']],
    ['Ctrl-S', '\u0013', ['ctrl-s']],
    ['Ctrl-U', '\u0015', ['ctrl-u']],
    ['Ctrl-W', '\u0017', ['ctrl-w']],
    ['Ctrl-Z', '\u001a', ['ctrl-z']],
    ['Ctrl-Z after a letter', 'j\u001a', ['j', 'ctrl-z']],
    ['Esc', '\u001b', ['esc']],
    ['Esc twice', '\u001b\u001b', ['esc', 'esc']],
    ['Esc and a letter right after it', '\u001bj', ['esc', 'j']],
    ['Esc and Enter right after it', '\u001b\r', ['esc', 'enter']],
    ['Esc and Tab right after it', '\u001b\t', ['esc', 'tab']],
    ['Esc and Shift-Tab right after it', '\u001b\u001b[Z', ['esc', 'shift-tab']],
    ['Esc and an arrow right after it', '\u001b\u001b[A', ['esc', 'up']],
    ['Esc and an arrow in application mode', '\u001b\u001bOB', ['esc', 'down']],
    ['Esc and Space right after it', '\u001b ', ['esc', 'space']],
    ['Esc and Backspace right after it', '\u001b\u007f', ['esc', 'backspace']],
    ['Esc and Ctrl-C right after it', '\u001b\u0003', ['esc', 'ctrl-c']],
    ['Esc and several letters right after it', '\u001bjq', ['esc', 'j', 'q']],
    ['letters and an arrow', 'jj\u001b[A', ['j', 'j', 'up']],
  ])('%s', async (_, bytes, keys) => {
    const { heard, type } = listen();
    type(bytes);
    await expect.poll(() => heard, { interval: 5 }).toEqual(keys);
  });
});

describe('a paste', () => {
  it('comes as one text, on one line, safe to draw', async () => {
    const { heard, type } = listen(true);
    type('\u001b[200~ web\r\n01\u001b[31m\u0007 \u001b[201~');
    await expect.poll(() => heard, { interval: 5 }).toEqual(['pasted web 01^G']);
  });
});
