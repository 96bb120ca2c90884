import { type Candidate, enabledBindings } from './candidates.js';
import { defaultOrigin, type Settled } from './origin.js';
import type { RowIndex } from './row-index.js';
import type { Visibility } from './rows.types.js';

const width = { bound: 0, auto: 1, everyone: 2 } as const satisfies Record<Visibility, number>;

/** The crew row's visibility, else the workspace row's, else `auto`. Over a locked row a crew row may only narrow it. */
export function visibilityOf({ workspace, crew }: Candidate): Settled<Visibility> {
  const own = crew?.visibility ?? null;
  if (crew !== null && own !== null) {
    if (workspace?.locked && width[own] > width[workspace.visibility]) {
      return { value: workspace.visibility, origin: { level: 'workspace', rowId: workspace.id, rule: 'locked' } };
    }
    return { value: own, origin: { level: 'crew', rowId: crew.id, rule: 'own' } };
  }
  if (workspace === null) return { value: 'auto', origin: defaultOrigin };
  const rule = crew === null ? 'own' : 'inherited';
  return { value: workspace.visibility, origin: { level: 'workspace', rowId: workspace.id, rule } };
}

/** True when this agent has an enabled binding on any row of the server. */
export function isBound(candidate: Candidate): boolean {
  return enabledBindings(candidate).length > 0;
}

/** True when another live agent has an enabled binding on any row of the server. */
export function isBoundByOthers({ workspace, crew }: Candidate, index: RowIndex): boolean {
  return (
    (workspace !== null && index.boundByOthers.has(workspace.id)) || (crew !== null && index.boundByOthers.has(crew.id))
  );
}
