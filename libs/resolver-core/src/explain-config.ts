import type { MemberOrigin, ShadowedValue } from './explanation.types.js';
import { isJsonObject, type JsonObject, type JsonValue, parsedOrNull } from './json.js';
import type { Origin } from './origin.js';
import type { ConfigSource } from './settle-config.js';

/** The merged config member by member. */
export interface ExplainedConfig {
  members: MemberOrigin[];
  shadowed: ShadowedValue[];
}

/** Follows every top-level member of the config through the rows that set, merge or remove it. */
export function explainConfig(sources: readonly ConfigSource[]): ExplainedConfig {
  const walk = new MemberWalk();
  for (const source of sources) {
    const value = parsedOrNull(source.text);
    if (isJsonObject(value)) walk.lay(value, source);
    else walk.replaceAll(source.origin);
  }
  return walk.result();
}

class MemberWalk {
  private readonly present = new Map<string, { origin: Origin; isObject: boolean }>();
  private readonly removed = new Map<string, Origin>();
  private readonly shadowed: ShadowedValue[] = [];

  lay(value: JsonObject, { origin, isPatch }: ConfigSource): void {
    for (const [member, part] of Object.entries(value)) {
      if (part === null && isPatch) this.remove(member, origin);
      else this.set(member, part, origin);
    }
  }

  replaceAll(origin: Origin): void {
    for (const member of [...this.present.keys()]) this.remove(member, origin);
  }

  result(): ExplainedConfig {
    const present = [...this.present].map(([member, { origin }]) => ({ member, ...origin }));
    const removed = [...this.removed].map(([member, origin]) => ({ member, ...origin }));
    return { members: [...present, ...removed], shadowed: this.shadowed };
  }

  private set(member: string, part: JsonValue, origin: Origin): void {
    const held = this.present.get(member);
    const isObject = isJsonObject(part);
    if (held?.isObject && isObject) {
      this.present.set(member, { origin: { ...origin, rule: 'merged' }, isObject });
      return;
    }
    if (held) this.shadow(member, held.origin);
    this.removed.delete(member);
    this.present.set(member, { origin, isObject });
  }

  private remove(member: string, origin: Origin): void {
    const held = this.present.get(member);
    if (!held) return;
    this.shadow(member, held.origin);
    this.present.delete(member);
    this.removed.set(member, { ...origin, rule: 'removed' });
  }

  private shadow(member: string, { level, rowId }: Origin): void {
    if (level !== 'default' && rowId !== null) this.shadowed.push({ field: 'configJson', member, level, rowId });
  }
}
