const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const wholeUuid = new RegExp(`^${uuid.source}$`, 'i');
const anyUuid = new RegExp(`(?<![0-9a-f-])${uuid.source}(?![0-9a-f-])`, 'gi');
/** A CommandId field in JSON, YAML, the text of a Python dict, or the table that the AWS CLI draws. */
const commandIdField = new RegExp(
  `\\bCommandId\\b[\\\\"']*\\s*[:=|]\\s*[\\\\"']*(${uuid.source})(?![0-9a-f-])`,
  'gi',
);

/** Whether the text has the form of a command ID. */
export function isCommandId(text: string): boolean {
  return wholeUuid.test(text);
}

/**
 * The command IDs that a text names, without repeats: those in a `CommandId` field, or every UUID where there is
 * no such field. It is what `aws ssm send-command` prints in any `--output`, or a bare ID.
 */
export function findCommandIds(text: string): string[] {
  const fields = [...text.matchAll(commandIdField)].map((match) => match[1] ?? '');
  const found = fields.length > 0 ? fields : [...text.matchAll(anyUuid)].map(([id]) => id);
  return [...new Set(found.map((id) => id.toLowerCase()))];
}
