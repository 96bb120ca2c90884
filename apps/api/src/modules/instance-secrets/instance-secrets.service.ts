import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Ids, type Page, type PageRequest, raise, Secret, Transactions } from '#kernel';
import { instancePlace, type SealedPlace, Vault } from '#vault';
import type { InstanceSecretResponse } from './dto/instance-secret.response.js';
import type { PutInstanceSecretDto } from './dto/put-instance-secret.dto.js';
import { instanceSecretErrors } from './instance-secrets.errors.js';
import { toInstanceSecretResponse } from './instance-secrets.mapper.js';
import { InstanceSecretsRepository } from './instance-secrets.repository.js';
import { isSecretKey } from './secret-key-rules.js';

const mostSecrets = 1_000;

/** Secrets of the instance, which organisation templates may require and refer to. */
@Injectable()
export class InstanceSecretsService {
  constructor(
    private readonly repository: InstanceSecretsRepository,
    private readonly vault: Vault,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page by name, without values. */
  async list(page: PageRequest): Promise<Page<InstanceSecretResponse>> {
    const { items, total } = await this.repository.findMany(page);
    return { items: items.map(toInstanceSecretResponse), total };
  }

  /** Sets a secret, whether there is one of that name or not. @throws AppError 400, or 409 beside 1,000 others. */
  put(caller: CallerScope, { key, value }: PutInstanceSecretDto): Promise<InstanceSecretResponse> {
    if (!isSecretKey(key)) throw instanceSecretErrors.invalidKey();
    return this.transactions.run(async () => {
      const now = this.clock.now();
      const row = await this.repository.claim({ id: this.ids.next(), name: key, createdAt: now, updatedAt: now });
      if (row.isNew && (await this.repository.count()) > mostSecrets) throw instanceSecretErrors.tooMany();
      await this.repository.seal(row.id, await this.vault.seal(new Secret(value), placeOf(row.id)));
      await this.#record(caller, row.isNew ? 'instance_secret.create' : 'instance_secret.update', row);
      return toInstanceSecretResponse(row);
    });
  }

  /** Deletes a secret. @throws AppError `instance_secret.not_found`. */
  remove(caller: CallerScope, key: string): Promise<{ status: 'deleted' }> {
    return this.transactions.run(async () => {
      const row = (await this.repository.remove(key)) ?? raise(instanceSecretErrors.notFound());
      await this.#record(caller, 'instance_secret.delete', row);
      return { status: 'deleted' };
    });
  }

  /** Which of these names have a value. */
  async findNames(names: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(names.length === 0 ? [] : await this.repository.findNames(names));
  }

  /** The values of these names; those without one are left out. */
  async open(names: readonly string[]): Promise<ReadonlyMap<string, Secret>> {
    const opened = new Map<string, Secret>();
    if (names.length === 0) return opened;
    for (const { id, name, sealedValue } of await this.repository.findSealed(names)) {
      opened.set(name, await this.vault.open(sealedValue, placeOf(id)));
    }
    return opened;
  }

  #record(caller: CallerScope, action: string, { id, name }: { id: string; name: string }): Promise<void> {
    return this.audit.record(caller, { action, entityType: 'INSTANCE_SECRET', entityId: id, entityName: name });
  }
}

function placeOf(rowId: string): SealedPlace {
  return instancePlace({ table: 'instance_secrets', column: 'sealed_value', rowId });
}
