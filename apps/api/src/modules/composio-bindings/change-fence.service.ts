import { Injectable } from '@nestjs/common';
import type { ComposioAccess } from '#composio';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import { type ComposioLease, ComposioLeasesService } from './composio-leases.service.js';
import { keyFingerprint } from './key-fingerprint.js';

/** What a change at Composio was made with. */
export interface ChangeGround {
  lease: ComposioLease;
  access: ComposioAccess;
}

/** The last look before what was done at Composio is stored here. */
@Injectable()
export class ChangeFenceService {
  constructor(
    private readonly leases: ComposioLeasesService,
    private readonly keys: ComposioKeys,
  ) {}

  /**
   * Keeps the lease until the running transaction ends, and sees that the key still counts: what was made with another
   * may be in a project that agents do not reach any more.
   * @throws AppError `composio_binding.overtaken`, `composio_binding.key_changed` (409).
   */
  async hold({ lease, access }: ChangeGround): Promise<void> {
    await this.leases.fence(lease);
    const now = await this.keys.forWorkspace(lease);
    const isSame = now !== null && keyFingerprint(now.apiKey) === keyFingerprint(access.apiKey);
    if (!isSame) throw composioBindingErrors.keyChanged({ headers: { 'Retry-After': '1' } });
  }

  /** The same for a change that needs no key. @throws AppError `composio_binding.overtaken` (409). */
  async holdLease(lease: ComposioLease): Promise<void> {
    await this.leases.fence(lease);
  }
}
