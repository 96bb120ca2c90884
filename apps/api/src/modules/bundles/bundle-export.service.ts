import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, type JsonValue, Secret, Transactions } from '#kernel';
import { AgeFilesService, type BundleLock } from './age-files.service.js';
import type { Bundle } from './bundle.schema.js';
import { bundleLimits } from './bundle-limits-rules.js';
import { BundleSourceService, type WorkspaceSource } from './bundle-source.service.js';
import { BundleWorkspaceService } from './bundle-workspace.service.js';
import { bundleErrors } from './bundles.errors.js';
import type { EncryptBundleDto } from './dto/encrypt-bundle.dto.js';

/** Workspaces as bundles. */
@Injectable()
export class BundleExportService {
  constructor(
    private readonly sources: BundleSourceService,
    private readonly workspaces: BundleWorkspaceService,
    private readonly files: AgeFilesService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** The workspace and those below it, without any secret. @throws AppError `bundle.not_found`, `bundle.too_large`. */
  async export(caller: CallerScope, workspaceId: string): Promise<Bundle> {
    return withinSize(await this.#treeOf(caller, workspaceId, false));
  }

  /**
   * The same as an age file, with the secrets when they are asked for, and an audit row that names what was opened.
   * @throws AppError as {@link export}, or 400 for the key.
   */
  async exportEncrypted(caller: CallerScope, workspaceId: string, dto: EncryptBundleDto): Promise<Uint8Array> {
    const lock = lockOf(dto);
    const withValues = dto.include_secrets === true;
    const bundle = await this.transactions.run(async () => {
      const tree = await this.#treeOf(caller, workspaceId, withValues);
      await this.#record(caller, { workspaceId, lock, tree });
      return tree;
    });
    return this.files.encrypt(JSON.stringify(withinSize(bundle)), lock);
  }

  async #treeOf(caller: CallerScope, workspaceId: string, withValues: boolean): Promise<Bundle> {
    const tree = await this.sources.findTree(workspaceId);
    if (tree.length === 0) throw bundleErrors.notFound();
    if (tree.length > bundleLimits.workspaces) {
      throw bundleErrors.tooLarge({ params: { reason: `at most ${bundleLimits.workspaces} workspaces` } });
    }
    const sources = await this.sources.read(tree);
    const bundles = new Map<string, Bundle>();
    for (const source of sources) {
      bundles.set(source.place.id, await this.workspaces.bundleOf(caller, source, { withValues }));
    }
    return assembled(sources, bundles) ?? bundleNotFound();
  }

  async #record(
    caller: CallerScope,
    { workspaceId, lock, tree }: { workspaceId: string; lock: BundleLock; tree: Bundle },
  ): Promise<void> {
    const opened = openedIn(tree);
    await this.audit.record(caller, {
      action: 'bundle.export',
      entityType: 'WORKSPACE',
      entityId: workspaceId,
      entityName: tree.name,
      workspaceId,
      metadata: { encryptedTo: lock.kind, opened: opened.slice(0, 1_000), openedCount: opened.length },
    });
  }
}

function bundleNotFound(): never {
  throw bundleErrors.notFound();
}

// Each stands behind the one above it, so children find their parent.
function assembled(sources: readonly WorkspaceSource[], bundles: ReadonlyMap<string, Bundle>): Bundle | undefined {
  const sorted = sources.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  for (const { place } of sorted) {
    const bundle = bundles.get(place.id);
    if (bundle && place.parentId !== null) bundles.get(place.parentId)?.sub_workspaces.push(bundle);
  }
  return bundles.get(sources[0]?.place.id ?? '');
}

function keyOf({ workspace }: WorkspaceSource): string {
  return JSON.stringify([workspace.name, workspace.slug]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withinSize(bundle: Bundle): Bundle {
  const bytes = Buffer.byteLength(JSON.stringify(bundle));
  if (bytes <= bundleLimits.bytes) return bundle;
  throw bundleErrors.tooLarge({ params: { reason: `at most ${bundleLimits.bytes} bytes` } });
}

function lockOf({ passphrase, recipient, include_secrets: secrets }: EncryptBundleDto): BundleLock {
  if (passphrase && recipient) throw bundleErrors.keyRequired();
  if (passphrase) return { kind: 'passphrase', passphrase: new Secret(passphrase) };
  if (recipient) return { kind: 'recipient', recipient };
  throw secrets ? bundleErrors.keyForSecrets() : bundleErrors.keyRequired();
}

/** Names of the credentials and channels whose values a bundle holds, each with its workspace's name. */
function openedIn(tree: Bundle): JsonValue[] {
  const own = tree.credentials
    .filter(({ value, oauth_client_secret: secret }) => value !== undefined || secret !== undefined)
    .map(({ name }) => `${tree.name}: ${name}`);
  const channels = tree.channels.flatMap(({ channel_type: type, values }) =>
    values ? [`${tree.name}: channel ${type}`] : [],
  );
  return [...own, ...channels, ...tree.sub_workspaces.flatMap(openedIn)];
}
