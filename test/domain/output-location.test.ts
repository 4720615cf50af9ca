import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logStreamOf, parseObjectUrl } from '../../src/domain/output-location.ts';
import { commandId, instanceId } from '../helpers/fixtures.ts';

describe('the URL of an object', () => {
  it.each<[string, string, string, string | null]>([
    ['https://s3.eu-west-1.amazonaws.com/logs/run/0.step/stdout', 'logs', 'run/0.step/stdout', 'eu-west-1'],
    ['https://s3-eu-west-1.amazonaws.com/logs/run/stdout', 'logs', 'run/stdout', 'eu-west-1'],
    ['https://s3.amazonaws.com/logs/run/stdout', 'logs', 'run/stdout', null],
    ['https://s3.dualstack.eu-west-1.amazonaws.com/logs/stdout', 'logs', 'stdout', 'eu-west-1'],
    ['https://s3-fips.us-east-1.amazonaws.com/logs/stdout', 'logs', 'stdout', 'us-east-1'],
    ['https://s3-fips.dualstack.us-east-1.amazonaws.com/logs/stdout', 'logs', 'stdout', 'us-east-1'],
    ['https://logs.s3.eu-west-1.amazonaws.com/run/stdout', 'logs', 'run/stdout', 'eu-west-1'],
    ['https://logs.s3-eu-west-1.amazonaws.com/run/stdout', 'logs', 'run/stdout', 'eu-west-1'],
    ['https://logs.s3.amazonaws.com/stdout', 'logs', 'stdout', null],
    ['https://my.own.logs.s3.eu-west-1.amazonaws.com/stdout', 'my.own.logs', 'stdout', 'eu-west-1'],
    ['https://s3.s3.eu-west-1.amazonaws.com/stdout', 's3', 'stdout', 'eu-west-1'],
    ['https://s3.cn-north-1.amazonaws.com.cn/logs/stdout', 'logs', 'stdout', 'cn-north-1'],
    ['https://logs.s3.us-gov-west-1.amazonaws.com/stdout', 'logs', 'stdout', 'us-gov-west-1'],
    ['https://s3.ap-southeast-2.amazonaws.com/Old_Bucket/stdout', 'Old_Bucket', 'stdout', 'ap-southeast-2'],
    [
      'https://s3.eu-west-1.amazonaws.com/logs/a%20b/%E6%97%A5/c+d/stdout',
      'logs',
      'a b/日/c+d/stdout',
      'eu-west-1',
    ],
    ['https://s3.eu-west-1.amazonaws.com/logs/a b/日/stdout', 'logs', 'a b/日/stdout', 'eu-west-1'],
    ['https://s3.eu-west-1.amazonaws.com/logs//stdout', 'logs', '/stdout', 'eu-west-1'],
    ['https://S3.EU-WEST-1.AMAZONAWS.COM/logs/stdout', 'logs', 'stdout', 'eu-west-1'],
  ])('%s', (url, bucket, key, region) => expect(parseObjectUrl(url)).toEqual({ bucket, key, region }));

  it.each([
    '',
    'stdout',
    '/logs/run/stdout',
    'http://s3.eu-west-1.amazonaws.com/logs/stdout',
    'file:///etc/passwd',
    'https://example.com/logs/stdout',
    'https://s3.eu-west-1.amazonaws.com.example.com/logs/stdout',
    'https://example.com/s3.eu-west-1.amazonaws.com/logs/stdout',
    'https://s3.eu-west-1.amazonaws.com@example.com/logs/stdout',
    'https://evil-s3.eu-west-1.amazonaws.com/logs/stdout',
    'https://s3.eu-west-1.evilamazonaws.com/logs/stdout',
    'https://s3-website.eu-west-1.amazonaws.com/logs/stdout',
    'https://169.254.169.254/latest/meta-data',
    'https://s3.eu-west-1.amazonaws.com/',
    'https://s3.eu-west-1.amazonaws.com/logs',
    'https://s3.eu-west-1.amazonaws.com/logs/',
    'https://s3.eu-west-1.amazonaws.com//stdout',
    'https://logs.s3.eu-west-1.amazonaws.com/',
    'https://s3.eu-west-1.amazonaws.com/logs/%zz/stdout',
  ])('is none: %j', (url) => expect(parseObjectUrl(url)).toBeNull());

  it('has any key, and stands in both forms for the same object', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aZ0._-+%?#&= 日é'), minLength: 1, maxLength: 9 }),
        (name) => {
          const key = `run/${name}/stdout`;
          fc.pre(!/^\.+$/.test(name));
          const path = key.split('/').map(encodeURIComponent).join('/');
          const object = { bucket: 'my.logs', key, region: 'eu-west-1' };
          expect(parseObjectUrl(`https://s3.eu-west-1.amazonaws.com/my.logs/${path}`)).toEqual(object);
          expect(parseObjectUrl(`https://my.logs.s3.eu-west-1.amazonaws.com/${path}`)).toEqual(object);
        },
      ),
    ));

  it('is parsed or is none, whatever it is', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const object = parseObjectUrl(text);
        if (object) expect([object.bucket, object.key]).not.toContain('');
      }),
    ));
});

describe('the log stream of a plugin', () => {
  it.each([
    ['aws:runShellScript', 'aws-runShellScript'],
    ['configurePackage', 'configurePackage'],
    ['a:b:c', 'a-b-c'],
  ])('%s', (plugin, name) =>
    expect(logStreamOf('/aws/ssm/X', { commandId, instanceId }, plugin, 'stderr')).toEqual({
      group: '/aws/ssm/X',
      stream: `${commandId}/${instanceId}/${name}/stderr`,
    }),
  );
});
