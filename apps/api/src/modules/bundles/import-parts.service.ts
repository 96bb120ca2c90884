import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { PlacedBundle } from './bundle-faults-rules.js';
import { BundleRuntimePartsService } from './bundle-runtime-parts.service.js';
import type { MissingSecret } from './bundles.types.js';
import { ImportPeopleService } from './import-people.service.js';
import { ImportServersService } from './import-servers.service.js';

/** Makes everything that hangs on one workspace of a bundle. Runs in the caller's transaction. */
@Injectable()
export class ImportPartsService {
  constructor(
    private readonly people: ImportPeopleService,
    private readonly servers: ImportServersService,
    private readonly parts: BundleRuntimePartsService,
  ) {}

  /** Answers the secrets that somebody has to enter. @throws AppError `bundle.refused` naming the entry. */
  async import(scope: WorkspaceScope, { bundle, at }: PlacedBundle): Promise<MissingSecret[]> {
    const ids = await this.people.import(scope, bundle, at);
    await this.servers.import(scope, bundle, { at, ids });
    const ofChannels = await this.parts.import(scope, bundle, { at, ids });
    const ofCredentials = bundle.credentials
      .filter(({ value }) => value === undefined)
      .map(({ name, type }): MissingSecret => ({ kind: type === 'OAUTH2' ? 'oauth' : 'credential', name }));
    return [...ofCredentials, ...ofChannels];
  }
}
