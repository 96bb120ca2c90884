import { Injectable } from '@nestjs/common';
import { Secret } from '#kernel';
import { type SealedPlace, Vault } from '#vault';
import { type Blob, maskBlob, parseBlob, unmaskBlob } from './mcp-blob.js';

/** Stores `mcp_config_json` texts sealed, since they may hold secrets anywhere, and shows them without. */
@Injectable()
export class McpBlobsService {
  constructor(private readonly vault: Vault) {}

  /**
   * The text to store. `***` in it keeps what the stored blob has at that place; "" means none.
   * @throws AppError 400 when it is no `mcp_config_json`.
   */
  async seal(text: string, place: SealedPlace, stored: string | null): Promise<string | null> {
    if (text.trim() === '') return null;
    parseBlob(text);
    const earlier = stored === null ? null : (await this.vault.open(stored, place)).reveal();
    return this.vault.seal(new Secret(unmaskBlob(text, earlier)), place);
  }

  /**
   * The stored blob with its secrets, for the runtime alone.
   * @throws AppError `vault.unreadable` when it does not open, 400 when the opened text is no blob.
   */
  async open(stored: string, place: SealedPlace): Promise<Blob> {
    return parseBlob((await this.vault.open(stored, place)).reveal());
  }

  /** The stored blob as members may see it. */
  async show(stored: string | null, place: SealedPlace): Promise<string | null> {
    return stored === null ? null : maskBlob((await this.vault.open(stored, place)).reveal());
  }
}
