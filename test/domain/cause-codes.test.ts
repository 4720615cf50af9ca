import { describe, expect, it } from 'vitest';
import { causeOf, maskLine } from '../../src/domain/cause.ts';
import { failure, stderr } from './same-cause.ts';

const causes = (lines: readonly string[]) => [
  ...new Set(lines.map((line) => causeOf(failure(stderr(line))))),
];

describe('codes that tell causes apart', () => {
  it.each<[string, ...string[]]>([
    ['Oracle', 'ORA-00942', 'ORA-01017', 'TNS-12541'],
    ['npm', 'npm ERR! code E404', 'npm ERR! code E500', 'npm ERR! code EPERM'],
    ['SQL', 'SQLSTATE[HY000]', 'SQLSTATE[HY001]', 'SQLSTATE[42S02]', 'SQLSTATE[42S22]', 'SQLSTATE 23505'],
    ['TypeScript', 'a.ts: error TS2304', 'a.ts: error TS2322: x'],
    ['MSBuild', 'error MSB3073: failed', 'error MSB3021: failed'],
    ['C#', '(CS0103) failed', '(CS0246) failed'],
    ['HRESULT', 'failed: 0x80070005', 'failed: 0x80070070'],
    ['NTSTATUS', 'crashed: 0xC0000005', 'crashed: 0xC0000374'],
    ['a server', 'server returned 404', 'server returned 503', 'server returned: 500'],
    ['HTTP', 'HTTP 404', 'HTTP 503', 'HTTP/1.1 403', 'HTTP/1.1 502', 'http 500'],
    ['a response', 'response 404', 'Response: 503', 'response code 500', 'statusCode=502'],
    ['exits', 'job exited with 137', 'job exited with 1', 'job exit status 2', 'job exit 3', 'job exit (4)'],
    ['exits below 0', 'msi exited with -1073741819', 'msi exited with -1', 'msi returned -2'],
    ['signals', 'killed by signal 9', 'killed by signal 15', 'killed by signal: 11'],
  ])('%s', (_, ...lines) => expect(causes(lines)).toHaveLength(lines.length));

  it.each([
    'ORA-00942: no table.',
    'npm ERR! code E404',
    'SQLSTATE[HY000]',
    'error TS2304',
    'error 0x80070005',
    'crash (0xC0000374)',
    'see (CS0103).',
  ])('%s is kept', (line) => expect(maskLine(line)).toBe(line));
});

describe('what looks like a code and is none', () => {
  it.each<[string, ...string[]]>([
    ['hosts', 'no answer from WEB-0123', 'no answer from WEB-7'],
    ['hosts with many digits', 'no answer from WEB-01234', 'no answer from WEB-56789'],
    ['hosts without a dash', 'no answer from WEB0123', 'no answer from WEB01', 'no answer from WEB12345'],
    ['hosts in a domain', 'ACME01234.corp.example is down', 'ACME00001.corp.example is down'],
    ['hosts of several parts', 'EU-PROD-01234 is down', 'EU-PROD-00001 is down'],
    ['hosts that go on', 'AB12345-x is down', 'AB00001-x is down'],
    ['names that EC2 gives', 'EC2AMAZ-943B303 is down', 'EC2AMAZ-112B974 is down'],
    ['names that EC2 gives, in other letters', 'EC2AMAZ-1QK3ABC is down', 'EC2AMAZ-R2D2XYZ is down'],
    ['names that Windows gives', 'WIN-7QK3ABCD01Z is down', 'WIN-R2D2XYZQ4TU is down'],
    ['addresses in memory', 'crash at 0x80000000a1, 0x1', 'crash at 0xc000012345, 0xbeef'],
    ['processes', 'PID 4711 hangs, PID4711, PID-4711', 'PID 12 hangs, PID12345, PID-12345'],
    ['the process that ended', 'process 4711 exited with 137', 'process 12 exited with 137'],
    ['jobs', 'JOB-12345 failed', 'JOB-54321 failed'],
    ['long IDs', 'ticket ABC-123456 failed', 'ticket ABC-7654321 failed'],
    ['counts', 'query returned 12 rows', 'query returned 1,204 rows'],
    ['sizes', 'response 1204 bytes, then nothing', 'response 17 bytes, then nothing'],
    ['times', 'server returned 503 after 3 ms', 'server returned 503 after 1204 ms'],
    ['ports', 'HTTP port 8080 is taken', 'HTTP port 80 is taken'],
    ['codes in lower case', 'web-01234 is down', 'web-00001 is down'],
  ])('%s', (_, ...lines) => expect(causes(lines)).toHaveLength(1));
});
