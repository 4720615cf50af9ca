import { type Answer, type Call, type Endpoint, openEndpoint } from './endpoint.ts';

/** What AWS makes of an access key: the calls of its account are answered, or what it has no part in. */
export type Standing = 'good' | 'expired' | 'unknown' | 'other account';

/** What an answer of each operation lists. */
const lists: Readonly<Record<string, string>> = {
  ListCommands: 'Commands',
  ListCommandInvocations: 'CommandInvocations',
  DescribeInstanceInformation: 'InstanceInformationList',
};

/**
 * AWS with a look at who calls: SSM, in front of a simulator that takes any key, the portal of SSO and STS, all at one
 * URL. Keys that it has not heard of are unknown.
 */
export class CheckedKeys implements AsyncDisposable {
  readonly standings = new Map<string, Standing>();
  /** What the portal gives for a token; it refuses others. */
  readonly tokens = new Map<string, string>();
  /** What STS gives for the keys of the one who assumes the role. */
  readonly roles = new Map<string, string>();
  /** Access keys of the calls to SSM, in order. */
  readonly seen: string[] = [];
  readonly #simulatorUrl: () => string;
  #endpoint: Endpoint | null = null;

  private constructor(simulatorUrl: () => string) {
    this.#simulatorUrl = simulatorUrl;
  }

  static async open(simulatorUrl: () => string): Promise<CheckedKeys> {
    const keys = new CheckedKeys(simulatorUrl);
    keys.#endpoint = await openEndpoint((call) => keys.#answer(call));
    return keys;
  }

  get url(): string {
    return this.#endpoint?.url ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#endpoint?.[Symbol.asyncDispose]();
  }

  async #answer(call: Call): Promise<Answer> {
    if (call.path.startsWith('/federation/credentials')) return this.#portal(call);
    const key = /Credential=(\w+)/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    return call.operation === '' ? this.#assumeRole(key) : await this.#ssm(call, key);
  }

  #portal({ headers }: Call): Answer {
    const accessKeyId = this.tokens.get(String(headers['x-amz-sso_bearer_token']));
    if (accessKeyId === undefined) {
      const error = { 'x-amzn-errortype': 'UnauthorizedException' };
      return { status: 401, headers: error, body: { message: 'Session token not found or invalid' } };
    }
    const expiration = Date.now() + 3_600_000;
    return {
      body: { roleCredentials: { accessKeyId, secretAccessKey: 's', sessionToken: 't', expiration } },
    };
  }

  #assumeRole(key: string): Answer {
    const headers = { 'content-type': 'text/xml' };
    const accessKeyId = this.roles.get(key);
    if (accessKeyId === undefined) {
      const error =
        '<Error><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error>';
      return { status: 403, headers, body: `<ErrorResponse>${error}</ErrorResponse>` };
    }
    const credentials = `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`;
    const user =
      '<AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/oncall/me</Arn></AssumedRoleUser>';
    const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>${user}${credentials}</AssumeRoleResult></AssumeRoleResponse>`;
    return { headers, body };
  }

  async #ssm({ operation, body, headers }: Call, key: string): Promise<Answer> {
    this.seen.push(key);
    const refused = (type: string, message: string) => ({ status: 400, body: { __type: type, message } });
    switch (this.standings.get(key) ?? 'unknown') {
      case 'expired':
        return refused('ExpiredTokenException', 'The security token included in the request is expired');
      case 'unknown':
        return refused(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        );
      case 'other account':
        return { body: { [lists[operation] ?? 'CommandInvocations']: [] } };
      case 'good': {
        const { authorization = '', 'content-type': type = '' } = headers;
        const answer = await fetch(this.#simulatorUrl(), {
          method: 'POST',
          headers: { authorization, 'content-type': type, 'x-amz-target': `AmazonSSM.${operation}` },
          body,
        });
        return { status: answer.status, body: await answer.text() };
      }
    }
  }
}
