import type { EnvRequirement, OrgTemplate, OrgWorkspace } from './org-template.schema.js';

/** What a template as a whole needs and would like, in one order. */
export interface EnvRequirements {
  required: EnvRequirement[];
  recommended: EnvRequirement[];
}

const variable = /^[A-Z][A-Z0-9_]{0,127}$/;

/**
 * The requirements of a template and all its workspaces: each once, single names A to Z, then groups by their members. A name that
 * is required stands for every group that it is in, and is not recommended beside.
 */
export function envRequirementsOf(template: OrgTemplate): EnvRequirements {
  const everywhere = [template, ...everyWorkspace(template.workspaces ?? [])];
  const required = distinct(everywhere.flatMap((each) => each.required_env ?? []));
  const strict = new Set(required.filter((names) => names.length === 1).flat());
  const isSettled = (names: readonly string[]) => names.some((name) => strict.has(name));
  const recommended = distinct(everywhere.flatMap((each) => each.recommended_env ?? []));
  return {
    required: inOrder(required.filter((names) => names.length === 1 || !isSettled(names))),
    recommended: inOrder(recommended.filter((names) => !isSettled(names))),
  };
}

/** Which of the requirements nothing is set for. */
export function missingOf(required: readonly EnvRequirement[], names: ReadonlySet<string>): EnvRequirement[] {
  return required.filter((each) => !namesOf(each).some((name) => names.has(name)));
}

/** The names that a requirement speaks of. */
export function namesOf(requirement: EnvRequirement): string[] {
  return typeof requirement === 'string' ? [requirement] : requirement.any_of;
}

/** Every workspace of a forest, parents before their children. */
export function everyWorkspace(workspaces: readonly OrgWorkspace[]): OrgWorkspace[] {
  return workspaces.flatMap((each) => [each, ...everyWorkspace(each.children ?? [])]);
}

function distinct(requirements: readonly EnvRequirement[]): string[][] {
  const groups = requirements.map((each) => [...new Set(namesOf(each).filter((name) => variable.test(name)))].sort());
  return [...new Map(groups.filter((names) => names.length > 0).map((names) => [names.join(), names])).values()];
}

function inOrder(groups: readonly string[][]): EnvRequirement[] {
  const sorted = [...groups].sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const single = sorted.filter((names) => names.length === 1).flat();
  return [...single, ...sorted.filter((names) => names.length > 1).map((names) => ({ any_of: names }))];
}
