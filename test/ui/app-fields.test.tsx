import { cleanup } from 'ink-testing-library';
import { afterEach, describe, expect, it } from 'vitest';
import { command, instanceId, invocation, plugin } from '../helpers/fixtures.ts';
import { hostile } from '../helpers/ui-fixtures.ts';
import { shows, TestScreen } from './test-screen.ts';

afterEach(cleanup);

const secret = 'hunter2';
const field = (name: string, value: string) => ({ name, value });
const row = invocation({
  otherFields: [field('ServiceRole', 'arn:aws:iam::123456789012:role/notify')],
  plugins: [plugin({ output: 'the output', otherFields: [field('OutputS3BucketName', 'logs')] })],
});
const many = Array.from({ length: 60 }, (_, index) => field('InstanceIds', `i-${index}`));
const sent = command({
  allFields: [...many, field('TimeoutSeconds', '600')],
  parameters: [field('commands', `export TOKEN=${secret}`)],
});

/** A screen on which the output of an instance is open, and the command known. */
async function openOutput(opened = row, known = sent, columns = 80, lines = 24) {
  const screen = new TestScreen();
  screen.resize(columns, lines);
  screen.services.store.commandRead(known);
  screen.services.store.pageRead([opened]);
  await shows(screen, instanceId);
  screen.type('\r');
  await shows(screen, 'took', 'F follow');
  return screen;
}
const copied = ({ services }: TestScreen) => services.calls.filter((call) => call.startsWith('copy '));

describe('a in the output', () => {
  it.each([
    [80, 24],
    [200, 60],
  ])(
    'shows the other fields, then those of the command, then the output, at %i×%i',
    async (columns, lines) => {
      const screen = await openOutput(row, sent, columns, lines);
      screen.type('a');
      await shows(screen, `Fields of ${instanceId} web-eu-01`, 'role/notify', 'plugin 1 of 1', '1–4 of 4');
      screen.type('a');
      await shows(screen, 'Fields of the command', 'P shows them', 'i-0', ' of 62');
      screen.type('G');
      await shows(screen, 'TimeoutSeconds  600', '–62 of 62');
      screen.type('a');
      await shows(screen, 'the output', 'F follow');
      expect(screen.lines()).toHaveLength(lines);
    },
  );

  it.each(['\u001b', 'q'])('is undone by %j', async (key) => {
    const screen = await openOutput();
    screen.type('aa');
    await shows(screen, 'Fields of the command');
    screen.type(key);
    await shows(screen, 'the output', 'F follow');
  });

  it('keeps up with what is read', async () => {
    const screen = await openOutput();
    screen.type('a');
    await shows(screen, 'role/notify');
    screen.services.store.pageRead([{ ...row, otherFields: [field('TraceOutput', 'came later')] }]);
    await shows(screen, 'TraceOutput', 'came later');
  });

  it('lets nothing through that a terminal would obey', async () => {
    const bad = [field(hostile, hostile)];
    const opened = { ...row, otherFields: bad, plugins: [plugin({ name: hostile, otherFields: bad })] };
    const screen = await openOutput(opened, command({ allFields: bad, parameters: bad }));
    for (const key of ['a', 'a', 'P']) {
      const before = screen.frame();
      screen.type(key);
      await expect.poll(() => screen.frame(), { interval: 5 }).not.toBe(before);
    }
    for (const frame of screen.frames)
      expect(frame.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
  });
});

describe('the parameters', () => {
  it('are in no frame and in no copy until P asks for them, and gone when the pane is left', async () => {
    const screen = await openOutput();
    screen.type('a');
    await shows(screen, 'Fields of i-');
    screen.type('P');
    screen.type('ya');
    await shows(screen, 'Fields of the command');
    screen.type('y');
    await shows(screen, 'copied the fields');
    screen.type('?');
    await shows(screen, 'In the other fields');
    screen.type('q');
    await shows(screen, 'P shows them');
    expect(screen.frames.join('')).not.toContain(secret);
    expect(copied(screen)).toHaveLength(2);
    expect(copied(screen)[1]).toContain('TimeoutSeconds: 600');
    expect(copied(screen).join('')).not.toContain(secret);

    screen.type('P');
    await shows(screen, secret, 'P hides them');
    screen.type('y');
    await shows(screen, 'copied the fields');
    expect(copied(screen).at(-1)).toContain(`commands: export TOKEN=${secret}`);
    screen.type('P');
    await shows(screen, 'P shows them');
    expect(screen.frame()).not.toContain(secret);

    screen.type('P');
    await shows(screen, secret);
    screen.type('\u001b');
    await shows(screen, 'F follow');
    screen.type('aa');
    await shows(screen, 'P shows them');
    expect(screen.frame()).not.toContain(secret);
  });
});
