import { parseKnownFiles } from '@smithy/core/config';
import { final, RemoteError } from '../domain/problem.ts';
import { withoutUserInfo } from '../domain/user-info.ts';

/** The services that are called, by the prefix of their IAM actions. */
export type Service = 'ssm' | 's3' | 'logs';

/** What the command line said about AWS; undefined where it said nothing. */
export interface SessionOptions {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** Whom we talk to, and as whom. */
export interface Session {
  readonly region: string;
  /** The profile that the credentials come from; null when they are keys in the environment or the machine's own. */
  readonly profile: string | null;
  /** Where the calls to each service go if not to AWS. */
  readonly endpointUrls: Readonly<Record<Service, string | null>>;
  /** Whether keys in the environment are the credentials. */
  readonly environmentKeys: boolean;
  /** Whether the environment names the file of a web identity token, which counts where no profile has credentials. */
  readonly environmentToken: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Profiles = Awaited<ReturnType<typeof parseKnownFiles>>;

/**
 * Region, profile and source of credentials, by the AWS CLI's precedence: `--profile`, then keys in the environment,
 * then AWS_PROFILE. The region is never asked of instance metadata; the AWS CLI does not do that either.
 *
 * @throws RemoteError (`credentials`) when the profile does not exist, no region is set, or keys are half set
 */
export async function resolveSession(options: SessionOptions, env: Environment): Promise<Session> {
  const named = options.profile ?? (env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE || undefined);
  const environmentKeys = options.profile === undefined && Boolean(env.AWS_ACCESS_KEY_ID);
  if (environmentKeys && !env.AWS_SECRET_ACCESS_KEY) {
    throw unusable('AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: set both, or unset it');
  }
  const profiles = await parseKnownFiles({ ignoreCache: true });
  if (named !== undefined && profiles[named] === undefined) {
    throw unusable(`profile ${named} not found in the AWS config files; ${known(profiles)}`);
  }
  const settings = profiles[named ?? 'default'];
  const region = options.region || env.AWS_REGION || env.AWS_DEFAULT_REGION || settings?.region;
  if (!region) {
    throw unusable(
      'no region: pass --region eu-west-1, set AWS_REGION, or run `aws configure set region eu-west-1`',
    );
  }
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(region)) {
    throw unusable(`'${region}' is no region; one is named like eu-west-1`);
  }
  return {
    region,
    profile: environmentKeys ? null : (named ?? (settings ? 'default' : null)),
    endpointUrls: {
      ssm: endpointOf('ssm', options, env, profiles, settings),
      s3: endpointOf('s3', options, env, profiles, settings),
      logs: endpointOf('logs', options, env, profiles, settings),
    },
    environmentKeys,
    environmentToken: Boolean(env.AWS_WEB_IDENTITY_TOKEN_FILE),
  };
}

/** What the AWS CLI calls the services in settings of their own. */
const settingNames: Readonly<Record<Service, string>> = { ssm: 'ssm', s3: 's3', logs: 'cloudwatch_logs' };

/**
 * Where the calls go if not to AWS: by the AWS CLI's precedence, which the SDK follows too, but not with the files of
 * a profile that it is given by name.
 */
function endpointOf(
  service: Service,
  options: SessionOptions,
  env: Environment,
  profiles: Profiles,
  settings: Profiles[string] | undefined,
): string | null {
  if (options.endpointUrl !== undefined) return options.endpointUrl;
  const ignores = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS || settings?.ignore_configured_endpoint_urls;
  if (ignores?.toLowerCase() === 'true') return null;
  const services = settings?.services === undefined ? undefined : profiles[`services.${settings.services}`];
  const url =
    env[`AWS_ENDPOINT_URL_${settingNames[service].toUpperCase()}`] ||
    env.AWS_ENDPOINT_URL ||
    services?.[`${settingNames[service]}.endpoint_url`] ||
    settings?.endpoint_url ||
    null;
  if (url !== null && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw unusable(`the endpoint '${withoutUserInfo(url)}' is no URL; one looks like http://127.0.0.1:4567`);
  }
  return url;
}

function unusable(message: string): RemoteError {
  return new RemoteError(final('credentials', message));
}

/** The files have sections of other kinds too, which the SDK lists with the profiles. */
const otherSection = /^(sso-session|services)\./;

function known(profiles: Profiles): string {
  const names = Object.keys(profiles).filter((name) => !otherSection.test(name));
  return names.length === 0 ? 'they name no profile' : `they have ${names.join(', ')}`;
}
