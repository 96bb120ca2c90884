import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { TaggedPage } from '#http';
import type { Page } from '#kernel';

const maxBytes = 32 * 1_048_576;

/** A page as the database gave it. */
export interface RegistryRead<T> extends Page<T> {
  /** Revision of the entries that it shows; null when the database tells none. */
  revision: bigint | null;
}

interface KeptPage extends TaggedPage {
  revision: bigint;
}

/** How a page is made that is not kept. */
export interface PageSource<T> {
  /** The revision as it stands now. */
  revision(): Promise<bigint | null>;
  read(): Promise<RegistryRead<T>>;
}

/**
 * Pages that are kept as they are sent. Entries change a few times an hour and everybody sees the same ones, so a page is made
 * once for each revision and process. One is used only when its revision is no older than the one that the caller has just
 * read: an answer is never older than its request, whichever replica wrote.
 */
export class RegistryPages {
  readonly #kept = new LRUCache<string, KeptPage>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }, key) => bytes + key.length + 300,
  });
  readonly #making = new Map<string, Promise<TaggedPage>>();

  /** The page of that key. Callers who miss the same one share its making. */
  async find<T>(key: string, source: PageSource<T>): Promise<TaggedPage> {
    // Nothing to compare with, and nobody at work on it: the statement that makes it tells its revision itself.
    if (!this.#kept.has(key) && !this.#making.has(key)) return this.#make(key, key, source);
    const revision = await source.revision();
    const kept = this.#kept.get(key);
    if (kept && revision !== null && kept.revision >= revision) return kept;
    // Whoever works on it for this revision began after it was there.
    const name = `${key} ${revision}`;
    return this.#making.get(name) ?? this.#make(key, name, source);
  }

  #make<T>(key: string, name: string, source: PageSource<T>): Promise<TaggedPage> {
    const making = this.#render(key, source).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  async #render<T>(key: string, source: PageSource<T>): Promise<TaggedPage> {
    const { items, total, revision } = await source.read();
    const body = JSON.stringify(items);
    const etag = `"${createHash('sha256').update(`${total} ${body}`).digest('base64url').slice(0, 22)}"`;
    const page = { etag, body, bytes: Buffer.byteLength(body), total };
    const kept = this.#kept.peek(key);
    if (revision !== null && (!kept || kept.revision <= revision)) this.#kept.set(key, { ...page, revision });
    return page;
  }
}
