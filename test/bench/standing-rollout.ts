/** The rows of a rollout that stands still, and the pages that list them, serialised before anybody asks. */

export const commandId = 'b8eac879-0541-439d-94ec-47a80d554f44';

/** What of a ListCommandInvocations says which rows are listed, and how. */
export interface PageQuery {
  readonly details: boolean;
  readonly status: string | null;
  readonly instanceId: string | null;
  readonly pageSize: number;
}

interface Row {
  readonly instanceId: string;
  readonly status: string;
  readonly json: string;
  readonly jsonWithDetails: string;
}

const documentName = 'AWS-RunShellScript';
const stdout = Array.from(
  { length: 14 },
  (_, line) =>
    `[${String(line).padStart(2, '0')}] Upgrading acme-agent-${line}.4.2-1.el9.x86_64 ... verified, done`,
).join('\n');
const failures = [
  [127, '/var/lib/amazon/ssm/script.sh: line 4: yum: command not found'],
  [1, "cp: error writing '/var/cache/acme/index': No space left on device"],
  [1, 'Job for acme-app.service failed because the control process exited with error code.'],
  [7, 'curl: (7) Failed to connect to mirror.acme.example port 443: Connection refused'],
] as const;

/**
 * A rollout under way: first what failed (2 in 100), then what runs (50, or a tenth where there are few), then what
 * succeeded, and at the end what waits (5 in 100). So the list is drawn in the order of the pages, worst first.
 */
export class StandingRollout {
  readonly #rows: readonly Row[];
  /** Whole seconds and a half, so that every time has as many digits. */
  readonly #requestedAt = Math.floor(Date.now() / 1000) - 90.5;
  readonly #lists = new Map<string, readonly Row[]>();
  readonly #pages = new Map<string, Buffer>();

  constructor(count: number) {
    this.#rows = Array.from({ length: count }, (_, index) => this.#row(index, count));
  }

  /** The answer of ListCommandInvocations; `token` is what the page before said. */
  page(query: PageQuery, token: string | null): Buffer {
    const key = JSON.stringify([query, token]);
    const known = this.#pages.get(key);
    if (known) return known;
    const rows = this.#list(query);
    const first = Number(token ?? 0);
    const next = first + query.pageSize;
    const listed = rows.slice(first, next).map((row) => (query.details ? row.jsonWithDetails : row.json));
    const end = next < rows.length ? `,"NextToken":"${next}"` : '';
    const page = Buffer.from(`{"CommandInvocations":[${listed.join(',')}]${end}}`);
    this.#pages.set(key, page);
    return page;
  }

  /** Serialises what a whole sweep asks for, with and without Details. */
  serialise(): void {
    for (const details of [true, false]) {
      const query = { details, status: null, instanceId: null, pageSize: 50 };
      for (let first = 0; first < this.#rows.length; first += query.pageSize) {
        this.page(query, first === 0 ? null : String(first));
      }
    }
  }

  /** The answer of ListCommands. */
  command(): Buffer {
    const command = {
      ...echoed,
      CommandId: commandId,
      Comment: 'patch kernel',
      CompletedCount: 0,
      DeliveryTimedOutCount: 0,
      DocumentName: documentName,
      DocumentVersion: '$DEFAULT',
      ErrorCount: 0,
      ExpiresAfter: this.#requestedAt + 7200,
      InstanceIds: [],
      MaxConcurrency: '50',
      MaxErrors: '10%',
      Parameters: { commands: ['yum -y update kernel'] },
      RequestedDateTime: this.#requestedAt,
      Status: 'InProgress',
      StatusDetails: 'InProgress',
      TargetCount: this.#rows.length,
      Targets: [{ Key: 'tag:Env', Values: ['prod'] }],
      TimeoutSeconds: 3600,
    };
    return Buffer.from(JSON.stringify({ Commands: [command] }));
  }

  /** The answer of GetCommandInvocation. */
  invocation(instanceId: string): Buffer {
    const row = this.#rows.find((other) => other.instanceId === instanceId);
    const answer = {
      CommandId: commandId,
      InstanceId: instanceId,
      DocumentName: documentName,
      PluginName: 'aws:runShellScript',
      ResponseCode: row?.status === 'Success' ? 0 : -1,
      Status: row?.status ?? 'Pending',
      StatusDetails: row?.status ?? 'Pending',
      StandardOutputContent: row?.status === 'Success' ? stdout : '',
      StandardErrorContent: '',
    };
    return Buffer.from(JSON.stringify(answer));
  }

  #list({ status, instanceId }: PageQuery): readonly Row[] {
    const key = JSON.stringify([status, instanceId]);
    const known = this.#lists.get(key);
    if (known) return known;
    const rows = this.#rows.filter(
      (row) =>
        (status === null || row.status === status) && (instanceId === null || row.instanceId === instanceId),
    );
    this.#lists.set(key, rows);
    return rows;
  }

  #row(index: number, count: number): Row {
    const instanceId = instanceIdOf(index);
    const status = statusOf(index, count);
    const invocation = {
      ...echoed,
      CommandId: commandId,
      CommandPlugins: [],
      Comment: 'patch kernel',
      DocumentName: documentName,
      DocumentVersion: '$DEFAULT',
      InstanceId: instanceId,
      InstanceName: `ip-10-239-${String(index >> 8).padStart(3, '0')}-${String(index & 255).padStart(3, '0')}.ec2.internal`,
      RequestedDateTime: this.#requestedAt,
      StandardErrorUrl: '',
      StandardOutputUrl: '',
      Status: status,
      StatusDetails: status,
    };
    return {
      instanceId,
      status,
      json: JSON.stringify(invocation),
      jsonWithDetails: JSON.stringify({ ...invocation, CommandPlugins: [this.#plugin(status, index)] }),
    };
  }

  #plugin(status: string, index: number): object {
    const [failureCode, stderr] = failures[index % failures.length] ?? failures[0];
    const ended = status === 'Failed' || status === 'Success';
    const times = {
      ResponseStartDateTime: this.#requestedAt + 20,
      ResponseFinishDateTime: this.#requestedAt + 60,
    };
    const error = `\n----------ERROR-------\n${stderr}\nfailed to run commands: exit status ${failureCode}`;
    return {
      Name: 'aws:runShellScript',
      Output: ended ? `${stdout}\n${status === 'Failed' ? error : ''}` : '',
      OutputS3BucketName: '',
      OutputS3KeyPrefix: '',
      OutputS3Region: '',
      ResponseCode: status === 'Success' ? 0 : status === 'Failed' ? failureCode : -1,
      ...(ended ? times : {}),
      StandardErrorUrl: '',
      StandardOutputUrl: '',
      Status: status,
      StatusDetails: status,
    };
  }
}

const echoed = {
  CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
  NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' },
  ServiceRole: '',
};

/** Ascending, so that the list is drawn in the order of the pages where it is sorted by ID. */
export function instanceIdOf(index: number): string {
  const noise = (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `i-0${index.toString(16).padStart(8, '0')}${noise}`;
}

function statusOf(index: number, count: number): string {
  const failed = Math.ceil(count / 50);
  if (index < failed) return 'Failed';
  if (index < failed + Math.min(50, count / 10)) return 'InProgress';
  return index < count * 0.95 ? 'Success' : 'Pending';
}
