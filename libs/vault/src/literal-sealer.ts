import { Secret } from '#kernel';
import { hasReference, referenceFaults, withoutReferences } from './credential-references.js';
import { type LiteralOwner, type LiteralPath, mask, placeholderOf } from './sealed-placeholders.js';
import { looksSecret } from './secret-detection.js';
import { hasSecretFormat } from './secret-formats.js';
import { type ServerConfigFaults, shortened } from './server-config.errors.js';

/** The literals that a row already holds. */
export interface EarlierLiterals {
  /** Whether the row's sealed column has a value for this path. */
  hasPath(path: LiteralPath): boolean;
}

/** Where a string of a configuration stands. */
export interface LiteralSpot {
  path: LiteralPath;
  /** What decides whether the value is a secret: the key, with the keys around it. */
  name: string;
  /** The field as errors name it. */
  field: string;
}

/** Decides, string by string, what is stored in its place, and gathers what has to be sealed. */
export class LiteralSealer {
  /** New secrets by path. */
  readonly literals = new Map<LiteralPath, Secret>();
  /** Paths that were sent as `***` and keep their value. */
  readonly kept = new Set<LiteralPath>();

  constructor(
    private readonly owner: LiteralOwner,
    private readonly earlier: EarlierLiterals,
    private readonly faults: ServerConfigFaults,
  ) {}

  /** The text to store for `value`: itself, or a placeholder when it is a secret or was sent as `***`. */
  store(value: string, spot: LiteralSpot): string {
    if (value === mask) return this.#keep(spot);
    const faults = referenceFaults(value, shortened(spot.field));
    this.faults.addAll(faults);
    if (faults.length > 0) return value;
    if (hasReference(value)) return this.#leaveReference(value, spot);
    if (!looksSecret(spot.name, value)) return value;
    this.literals.set(spot.path, new Secret(value));
    return this.#placeholder(spot);
  }

  #keep(spot: LiteralSpot): string {
    const field = shortened(spot.field);
    if (!this.earlier.hasPath(spot.path)) {
      this.faults.add(field, 'nothing_to_keep', `${field} is ${mask}, but there is no earlier value; send the value`);
    }
    this.kept.add(spot.path);
    return this.#placeholder(spot);
  }

  // The text around a reference is shown to every member, so it must not be a secret itself.
  #leaveReference(value: string, spot: LiteralSpot): string {
    const field = shortened(spot.field);
    if (hasSecretFormat(withoutReferences(value))) {
      this.faults.add(field, 'mixed_secret', `${field} mixes a reference with a secret; put both into credentials`);
    }
    return value;
  }

  #placeholder(spot: LiteralSpot): string {
    return placeholderOf({ owner: this.owner, path: spot.path });
  }
}
