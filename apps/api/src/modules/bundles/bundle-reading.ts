import type { z } from 'zod';
import { refuseUnknownMembers } from '#http';
import type { FieldError } from '#kernel';
import { bundleSchema } from './bundle.schema.js';
import { findBundleFaults, listBundles, type PlacedBundle } from './bundle-faults-rules.js';
import { respelled } from './bundle-spelling-rules.js';
import { findTreeFault } from './bundle-tree-rules.js';
import { bundleErrors } from './bundles.errors.js';
import { withPlainSecrets } from './plain-secrets-rules.js';
import { unknownMembers } from './unknown-members-rules.js';

const mostFaults = 50;
const longestPlace = 200;

/** Parses text as a JSON object. @throws AppError `bundle.invalid` (400). */
export function parseBundleText(text: string): object {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bundleErrors.invalid();
  return value;
}

/** How a bundle is to be read. */
export interface BundleReading {
  /** Whether it came encrypted: only then may it hold values. */
  encrypted: boolean;
  /** Whether members that the schema does not know are refused (`Prefer: handling=strict`). */
  strict: boolean;
}

/**
 * Reads a whole bundle, plain or ours. Nothing else looks into it before.
 * @throws AppError `http.unknown_members` (400) when it is read strictly; AppError `bundle.refused` (422) with every fault that was found, by path.
 */
export function readBundle(value: object, { encrypted, strict }: BundleReading): PlacedBundle[] {
  const treeFault = findTreeFault(value);
  if (treeFault !== null) throw refused([treeFault]);
  const spelled = respelled(value);
  const result = bundleSchema.safeParse(spelled);
  if (!result.success) throw refused(result.error.issues.slice(0, mostFaults).map(faultOfIssue));
  if (strict) refuseUnknown(unknownMembers(spelled, result.data));
  const placed = listBundles(withPlainSecrets(result.data));
  const faults = [...findBundleFaults(placed), ...(encrypted ? [] : valueFaults(placed))];
  if (faults.length > 0) throw refused(faults);
  return placed;
}

/** @throws AppError `http.unknown_members` (400) when there is any; the first ones are named. */
export function refuseUnknown(names: readonly string[]): void {
  refuseUnknownMembers(names.slice(0, mostFaults).map((name) => name.slice(0, longestPlace)));
}

/** The refusal of a bundle that names its faults; the first one is the reason that the sentence gives. */
export function refused(fields: readonly FieldError[], cause?: unknown) {
  const [first] = fields;
  const reason = first ? [first.field, first.message].filter((part) => part !== '').join(' ') : 'it is not a bundle';
  return bundleErrors.refused({ fields, cause, params: { reason } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw bundleErrors.invalid({ cause });
  }
}

// Zod's sentences name what was expected, never the value.
function faultOfIssue(issue: z.core.$ZodIssue): FieldError {
  return { field: issue.path.map(String).join('.').slice(0, longestPlace), code: issue.code, message: issue.message };
}

// A value in plain text has been where it must not be: it is refused rather than taken.
function valueFaults(placed: readonly PlacedBundle[]): FieldError[] {
  return placed.flatMap(({ bundle, at }) => [
    ...bundle.credentials.flatMap(({ value, oauth_client_secret: secret }, index) =>
      value === undefined && secret === undefined ? [] : [plainSecret(`${at}credentials.${index}`)],
    ),
    ...bundle.channels.flatMap(({ values }, index) =>
      values === undefined ? [] : [plainSecret(`${at}channels.${index}`)],
    ),
  ]);
}

function plainSecret(field: string): FieldError {
  return { field, code: 'secret', message: 'holds a value; values are taken from encrypted bundles only' };
}
