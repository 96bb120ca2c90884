import { isJsonObject } from '#kernel';

const spellings = {
  schedules: { expression: 'cron_expr' },
  channels: { type: 'channel_type' },
} as const;

/**
 * A parsed bundle with the members that go by two names under the one that the schema knows: `expression` as `cron_expr`, `type` of
 * a channel as `channel_type`. Where both are given, the schema's counts. Everything else is as it was sent, whatever it is.
 */
export function respelled(bundle: object): object {
  const members = Object.entries(bundle).map(([name, value]): [string, unknown] => {
    if (!Array.isArray(value)) return [name, value];
    if (name === 'sub_workspaces')
      return [name, value.map((each: unknown) => (isJsonObject(each) ? respelled(each) : each))];
    if (name !== 'schedules' && name !== 'channels') return [name, value];
    const [[other, known] = ['', '']] = Object.entries(spellings[name]);
    return [name, value.map((each: unknown) => (isJsonObject(each) ? renamed(each, other, known) : each))];
  });
  return Object.fromEntries(members);
}

function renamed(entry: object, other: string, known: string): object {
  if (!Object.hasOwn(entry, other)) return entry;
  const { [other]: value, ...rest } = Object.fromEntries(Object.entries(entry)) as Record<string, unknown>;
  return (rest[known] ?? null) === null ? { ...rest, [known]: value } : rest;
}
