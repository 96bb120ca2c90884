import type { Candidate } from './candidates.js';
import type { RowIndex } from './row-index.js';
import { type Refusal, refusalOf } from './verdict.js';

/** Candidates parted into those that are offered and those that are not. Stages of the cascade turn one into the next. */
export interface Selection {
  offered: readonly Candidate[];
  refused: readonly Refused[];
}

/** A candidate that is not offered. */
export interface Refused {
  candidate: Candidate;
  refusal: Refusal;
}

/** The first stage: each candidate judged by itself. */
export function judged(candidates: readonly Candidate[], index: RowIndex): Selection {
  const offered: Candidate[] = [];
  const refused: Refused[] = [];
  for (const candidate of candidates) {
    const refusal = refusalOf(candidate, index);
    if (refusal === null) offered.push(candidate);
    else refused.push({ candidate, refusal });
  }
  return { offered, refused };
}

/** The stage that makes names unique: the crew's server wins over the workspace's, then the smaller id. */
export function withUniqueNames({ offered, refused }: Selection): Selection {
  const winners = new Map<string, Candidate>();
  for (const candidate of offered) {
    const held = winners.get(candidate.name);
    if (held === undefined || isNearer(candidate, held)) winners.set(candidate.name, candidate);
  }
  const shadowed: Refused[] = [];
  for (const candidate of offered) {
    const winner = winners.get(candidate.name);
    if (winner === undefined || winner === candidate) continue;
    const decidedBy = { level: winner.scope, rowId: winner.id };
    shadowed.push({ candidate, refusal: { rule: 'name_shadowed', decidedBy, winner } });
  }
  return { offered: [...winners.values()], refused: [...refused, ...shadowed] };
}

function isNearer(a: Candidate, b: Candidate): boolean {
  return a.scope === b.scope ? a.id < b.id : a.scope === 'crew';
}
