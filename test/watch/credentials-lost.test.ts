import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { ssoProfile } from '../helpers/aws-files.ts';
import { keysOf, type Operator, watchAs } from '../helpers/operator.ts';
import { trueVerdict } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();
afterEach(() => {
  vi.unstubAllEnvs();
});

const tomorrow = new Date(Date.now() + 86_400_000);
const yesterday = new Date(Date.now() - 86_400_000);

/** Credentials that are good, then not, then good again. */
interface Story {
  readonly begin: (operator: Operator) => void;
  readonly lose: (operator: Operator) => void;
  readonly told: RegExp;
  readonly mend: (operator: Operator) => void;
  /** Access keys with which AWS was called, each once. */
  readonly keys: readonly string[];
}

const profile = (settings: string) => `[profile prod]\nregion = eu-west-1\n${settings}`;
const processFile = (folder: string) => join(folder, 'credentials.json');
const fromProcess = (folder: string, id: string) =>
  writeFileSync(
    processFile(folder),
    JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: 'secret', SessionToken: 'token' }),
  );
const role =
  '[profile prod]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/oncall\nsource_profile = base\n';

const stories: Readonly<Record<string, Story>> = {
  'keys in the shared file, replaced by new ones': {
    begin: ({ aws, files }) => {
      files.write(profile(''), `[prod]\n${keysOf('OLD')}`);
      aws.standings.set('OLD', 'good');
    },
    lose: ({ aws }) => aws.standings.set('OLD', 'expired'),
    told: /^the keys of profile prod have expired: put new ones into the AWS credentials file$/,
    mend: ({ aws, files }) => {
      files.write(profile(''), `[prod]\n${keysOf('NEW')}`);
      aws.standings.set('NEW', 'good');
    },
    keys: ['OLD', 'NEW'],
  },
  'keys that were deleted, in a profile that then has a process': {
    begin: ({ aws, files }) => {
      files.write(profile(''), `[prod]\n${keysOf('OLD')}`);
      aws.standings.set('OLD', 'good');
    },
    lose: ({ aws }) => aws.standings.delete('OLD'),
    told: /^AWS does not accept the credentials .*: check them with `aws sts get-caller-identity --profile prod`$/,
    mend: ({ aws, files, folder }) => {
      fromProcess(folder, 'NEW');
      files.write(profile(`credential_process = cat ${processFile(folder)}\n`));
      aws.standings.set('NEW', 'good');
    },
    keys: ['OLD', 'NEW'],
  },
  'keys in the environment, which AWS takes again': {
    begin: ({ aws }) => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'ENV');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv('AWS_SESSION_TOKEN', 'token');
      aws.standings.set('ENV', 'good');
    },
    lose: ({ aws }) => aws.standings.set('ENV', 'expired'),
    told: /^the keys in the environment have expired: set others and start again; a running process cannot get them$/,
    mend: ({ aws }) => aws.standings.set('ENV', 'good'),
    keys: ['ENV'],
  },
  'an SSO session that has expired, and `aws sso login`': {
    begin: ({ aws, files }) => {
      files.write(ssoProfile);
      files.cacheSsoToken('corp', tomorrow);
      aws.tokens.set('token', 'SSO1');
      aws.standings.set('SSO1', 'good');
    },
    lose: ({ aws, files }) => {
      aws.standings.set('SSO1', 'expired');
      files.cacheSsoToken('corp', yesterday);
    },
    told: /^the SSO session is missing or has expired: run `aws sso login --profile prod`$/,
    mend: ({ aws, files }) => {
      files.cacheSsoToken('corp', tomorrow);
      aws.tokens.set('token', 'SSO2');
      aws.standings.set('SSO2', 'good');
    },
    keys: ['SSO1', 'SSO2'],
  },
  'an SSO session that the portal no longer knows': {
    begin: ({ aws, files }) => {
      files.write(ssoProfile);
      files.cacheSsoToken('corp', tomorrow);
      aws.tokens.set('token', 'SSO1');
      aws.standings.set('SSO1', 'good');
    },
    lose: ({ aws }) => {
      aws.standings.set('SSO1', 'expired');
      aws.tokens.clear();
    },
    told: /^the SSO session is missing or has expired: run `aws sso login --profile prod`$/,
    mend: ({ aws }) => {
      aws.tokens.set('token', 'SSO2');
      aws.standings.set('SSO2', 'good');
    },
    keys: ['SSO1', 'SSO2'],
  },
  'a process that fails, and succeeds again': {
    begin: ({ aws, files, folder }) => {
      fromProcess(folder, 'PROC1');
      files.write(profile(`credential_process = cat ${processFile(folder)}\n`));
      aws.standings.set('PROC1', 'good');
    },
    lose: ({ aws, folder }) => {
      aws.standings.set('PROC1', 'expired');
      rmSync(processFile(folder));
    },
    told: /^the credential_process of profile prod failed: cat: .*No such file/,
    mend: ({ aws, folder }) => {
      fromProcess(folder, 'PROC2');
      aws.standings.set('PROC2', 'good');
    },
    keys: ['PROC1', 'PROC2'],
  },
  'a role that is assumed with keys that have expired': {
    begin: ({ aws, files }) => {
      files.write(role, `[base]\n${keysOf('BASE1')}`);
      aws.roles.set('BASE1', 'ROLE1');
      aws.standings.set('ROLE1', 'good');
    },
    lose: ({ aws }) => {
      aws.standings.set('ROLE1', 'expired');
      aws.roles.clear();
    },
    told: /^the keys of profile base have expired: put new ones into the AWS credentials file$/,
    mend: ({ aws, files }) => {
      files.write(role, `[base]\n${keysOf('BASE2')}`);
      aws.roles.set('BASE2', 'ROLE2');
      aws.standings.set('ROLE2', 'good');
    },
    keys: ['ROLE1', 'ROLE2'],
  },
};

describe('credentials that are lost in the middle of a watch', () => {
  it.each(Object.entries(stories))('%s: said, and carried on without a row lost', async (_, story) => {
    let step: 'good' | 'lost' | 'mended' = 'good';
    let waits = 0;
    let calls = 0;
    await using watch = await watchAs(story.begin, {
      scenario: 'healthy',
      onDelay: () => {
        waits += 1;
        const { rows, activity, problems } = watch.store.getSnapshot();
        if (step === 'good' && rows.length > 0 && waits >= 3) {
          story.lose(watch.operator);
          step = 'lost';
          waits = 0;
          calls = watch.operator.aws.seen.length;
        } else if (step === 'lost') {
          expect(activity.kind).not.toBe('finished');
          expect(rows.length).toBeGreaterThan(0);
          if (waits === 6) {
            const kinds = new Set(problems.map(({ problem }) => problem.kind));
            expect([...kinds]).toEqual(['credentials']);
            expect(watch.problems().at(-1)?.message).toMatch(story.told);
            // Not more than one try of each list call for each wait.
            expect(watch.operator.aws.seen.length - calls).toBeLessThanOrEqual(14);
            story.mend(watch.operator);
            step = 'mended';
          }
        }
      },
    });
    const ending = await watch.run();
    expect(step).toBe('mended');
    expect(ending).toEqual({ kind: 'verdict', verdict: trueVerdict(watch.simulator) });
    expect([...new Set(watch.operator.aws.seen)]).toEqual(story.keys);
    const kinds = watch.events.map(({ type }) => type);
    expect(new Set(watch.problemKinds())).toEqual(new Set(['credentials']));
    expect(kinds.filter((type) => type === 'recovered')).toHaveLength(1);
    expect(watch.store.getSnapshot().problems).toEqual([]);
    // Each row is told from its beginning on, and none twice.
    const told = watch.events.flatMap((event) => (event.type === 'invocation' ? [event] : []));
    expect(told.filter(({ previous }) => previous === null)).toHaveLength(watch.store.rows.size);
  });
});
