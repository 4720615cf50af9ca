/**
 * One value that AWS gave and the program itself makes nothing of, as text. The name is the API's, dotted where the
 * value lies deeper: `NotificationConfig.NotificationArn`, `Targets[0].Values`. The values of a list are fields in a
 * row with one name. Times are ISO 8601 in UTC. Texts are as they came.
 */
export interface Field {
  readonly name: string;
  readonly value: string;
}

export type Fields = readonly Field[];

/** Of whatever has no fields: rows are many, and share it. */
export const noFields: Fields = [];

/** The fields with times among them, each in its place by name. Those that are null (epoch milliseconds) are left out. */
export function withTimes(fields: Fields, times: Readonly<Record<string, number | null>>): Fields {
  const all = [...fields];
  for (const [name, time] of Object.entries(times)) {
    if (time === null) continue;
    const at = all.findIndex((field) => field.name > name);
    all.splice(at < 0 ? all.length : at, 0, { name, value: new Date(time).toISOString() });
  }
  return all;
}
