import { describe, expect, it } from 'vitest';
import { concludeWithout } from '../../../src/domain/conclusion.ts';
import { failuresOf, groupByCause } from '../../../src/domain/failure-groups.ts';
import {
  brokenEntry,
  endEntry,
  sessionEntry,
  startEntry,
  watchEndEntry,
} from '../../../src/output/debug/run-lines.ts';
import { commandId, invocation, plugin } from '../../helpers/fixtures.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('of a run it says what helps', () => {
  it('the start: of options and variables that may say something about somebody only that they are there', () => {
    const options = {
      interval: 500,
      once: true,
      region: 'eu-west-1',
      filter: secret,
      profile: secret,
      debug: '',
    };
    const environment = { TERM: 'xterm', AWS_PROFILE: secret, HTTPS_PROXY: secret, HOME: secret };
    const terminal = { columns: 80, rows: 24, stdinIsTerminal: true, stdoutIsTerminal: true, colourBits: 8 };
    const program = { version: '1.2.3', pid: 7 };
    const entry = startEntry({ program, output: 'tui', terminal, environment, options });
    expect(entry).toMatchObject({
      event: 'start',
      version: '1.2.3',
      pid: 7,
      output: 'tui',
      columns: 80,
      colourBits: 8,
      environment: { TERM: 'xterm', LANG: null },
      alsoSet: ['AWS_PROFILE', 'HTTPS_PROXY'],
      options: { interval: 500, once: true, region: 'eu-west-1', timeout: null },
      alsoGiven: ['filter', 'profile'],
    });
    expect(JSON.stringify(entry)).not.toContain(secret);
  });

  it('the session: not the name of the profile, and of endpoints the host', () => {
    const endpointUrls = { ssm: `http://alice:hunter2@host:1/path?key=${secret}`, s3: null };
    const session = {
      region: 'eu-west-1',
      profile: secret,
      environmentKeys: false,
      environmentToken: false,
      endpointUrls,
    };
    expect(sessionEntry(session)).toEqual({
      event: 'session',
      region: 'eu-west-1',
      credentialsFrom: 'profile',
      ownEndpoints: { ssm: 'http://host:1', s3: null },
    });
    expect(sessionEntry({ ...session, profile: null })).toMatchObject({ credentialsFrom: 'machine' });
    expect(sessionEntry({ ...session, environmentKeys: true })).toMatchObject({
      credentialsFrom: 'environment',
    });
  });

  it('the end, without what could be secret', () => {
    expect(endEntry(concludeWithout('refused', {}, `AWS said ${secret}`), 'SIGTERM', 99)).toEqual({
      event: 'end',
      outcome: 'refused',
      exitCode: 3,
      message: 'AWS said <secret>',
      stopped: 'SIGTERM',
      peakMiB: 99,
    });
  });

  it('the end of a watch, without causes, which are lines of outputs', () => {
    const rows = [invocation({ status: 'Failed', plugins: [plugin({ status: 'Failed', output: secret })] })];
    const figures = {
      commandId,
      durationMs: 61_000,
      apiCalls: 7,
      failures: groupByCause(failuresOf(rows, 'failure')),
    };
    const entry = watchEndEntry(concludeWithout('refused', { Failed: 1 }, `AWS said ${secret}`), figures);
    expect(entry).toMatchObject({
      outcome: 'refused',
      exitCode: 3,
      message: 'AWS said <secret>',
      apiCalls: 7,
    });
    expect(entry).not.toHaveProperty('failures');
  });

  it('a mistake of ours, with the places in the code, and no folder of anybody', () => {
    const error = new TypeError('x is not a function');
    error.stack = [
      'TypeError: x is not a function',
      '    at judge (file:///home/alice/.npm/ssm-watch/dist/cli.js:12:34)',
      '    at /home/alice/x/store.js:1:2',
      '    at async Poller.run (C:\\Users\\alice\\poller.js:5:6)',
      '    at node:internal/timers:1:2',
    ].join('\n');
    expect(brokenEntry(error)).toEqual({
      event: 'broken',
      error: 'TypeError: x is not a function',
      stack: [
        'at judge (cli.js:12:34)',
        'at store.js:1:2',
        'at async Poller.run (poller.js:5:6)',
        'at timers:1:2',
      ],
    });
    expect(brokenEntry(secret)).toEqual({ event: 'broken', error: '<secret>', stack: [] });
  });
});
