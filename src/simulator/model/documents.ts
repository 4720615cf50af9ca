/** `PlatformType`, as DescribeInstanceInformation and the preconditions of steps have it. */
export type Platform = 'Linux' | 'Windows' | 'MacOS';

/** One of a document's `mainSteps` (2.x), or of its `runtimeConfig` (1.2). */
export interface DocumentStep {
  /** What the API calls PluginName: the action in schema 1.2, the step's own name in 2.x. */
  readonly name: string;
  readonly action: string;
  /** The precondition `platformType`; a step for another platform is skipped. */
  readonly platform?: Platform;
  /** What a failure of this step does to the following ones. */
  readonly onFailure?: 'exit';
}

/** What an SSM document is, as far as a rollout and a request's checks need it. */
export interface SsmDocument {
  readonly name: string;
  readonly schemaVersion: '1.2' | '2.2';
  readonly platforms: readonly Platform[];
  readonly parameters: Readonly<Record<string, 'required' | 'optional'>>;
  readonly steps: readonly DocumentStep[];
}

const scriptParameters = {
  commands: 'required',
  workingDirectory: 'optional',
  executionTimeout: 'optional',
} as const;

const documents: readonly SsmDocument[] = [
  {
    name: 'AWS-RunShellScript',
    schemaVersion: '1.2',
    platforms: ['Linux', 'MacOS'],
    parameters: scriptParameters,
    steps: [{ name: 'aws:runShellScript', action: 'aws:runShellScript' }],
  },
  {
    name: 'AWS-RunPowerShellScript',
    schemaVersion: '1.2',
    platforms: ['Windows', 'Linux', 'MacOS'],
    parameters: scriptParameters,
    steps: [{ name: 'aws:runPowerShellScript', action: 'aws:runPowerShellScript' }],
  },
  {
    name: 'AWS-UpdateSSMAgent',
    schemaVersion: '1.2',
    platforms: ['Linux', 'Windows', 'MacOS'],
    parameters: { version: 'optional', allowDowngrade: 'optional' },
    steps: [{ name: 'aws:updateSsmAgent', action: 'aws:updateSsmAgent' }],
  },
  {
    name: 'AWS-RunPatchBaseline',
    schemaVersion: '2.2',
    platforms: ['Linux', 'Windows', 'MacOS'],
    parameters: {
      Operation: 'required',
      RebootOption: 'optional',
      SnapshotId: 'optional',
      InstallOverrideList: 'optional',
    },
    steps: [
      { name: 'PatchWindows', action: 'aws:runPowerShellScript', platform: 'Windows' },
      { name: 'PatchMacOS', action: 'aws:runShellScript', platform: 'MacOS' },
      { name: 'PatchLinux', action: 'aws:runShellScript', platform: 'Linux' },
    ],
  },
  {
    name: 'AWS-ConfigureAWSPackage',
    schemaVersion: '2.2',
    platforms: ['Linux', 'Windows', 'MacOS'],
    parameters: { action: 'required', name: 'required', version: 'optional', installationType: 'optional' },
    steps: [{ name: 'configurePackage', action: 'aws:configurePackage' }],
  },
  {
    name: 'Acme-ConfigureAndVerify',
    schemaVersion: '2.2',
    platforms: ['Linux', 'Windows'],
    parameters: { package: 'required', version: 'optional', executionTimeout: 'optional' },
    steps: [
      { name: 'configurePackage', action: 'aws:configurePackage', onFailure: 'exit' },
      { name: 'verify', action: 'aws:runShellScript', platform: 'Linux' },
      { name: 'verifyWindows', action: 'aws:runPowerShellScript', platform: 'Windows' },
    ],
  },
];

const byName = new Map(documents.map((document) => [document.name, document]));

/** The document of that name or ARN; undefined when the account has none. */
export function findDocument(nameOrArn: string): SsmDocument | undefined {
  return byName.get(nameOrArn.replace(/^arn:aws[\w-]*:ssm:[\w-]*:\d*:document\//, ''));
}

/** The timeout of each step, seconds: the documents here take it from `executionTimeout`, else 3,600. */
export function stepTimeoutSeconds(parameters: Readonly<Record<string, readonly string[]>>): number {
  const seconds = Number(parameters.executionTimeout?.[0]);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : 3600;
}
