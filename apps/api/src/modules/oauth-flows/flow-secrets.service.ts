import { Injectable } from '@nestjs/common';
import { Ids, Random, Secret, tokenHash } from '#kernel';
import { type SealedPlace, Vault } from '#vault';

/** What is secret of a new flow, with the id that it is sealed for. */
export interface NewFlowSecrets {
  id: string;
  /** 256 random bits, in hexadecimal. */
  state: string;
  stateHash: string;
  /** PKCE verifier (RFC 7636): 256 random bits in base64url, 43 characters. */
  codeVerifier: string;
  sealedCodeVerifier: string;
}

/** Makes and opens what is secret of flows. */
@Injectable()
export class FlowSecretsService {
  constructor(
    private readonly vault: Vault,
    private readonly random: Random,
    private readonly ids: Ids,
  ) {}

  /** The secrets of a flow that is about to be started. */
  async make(workspaceId: string): Promise<NewFlowSecrets> {
    const id = this.ids.next();
    const state = this.random.hex(32);
    const codeVerifier = this.random.bytes(32).toString('base64url');
    const sealedCodeVerifier = await this.vault.seal(new Secret(codeVerifier), placeOf(workspaceId, id));
    return { id, state, stateHash: tokenHash(state), codeVerifier, sealedCodeVerifier };
  }

  /** The PKCE verifier of a flow. */
  openVerifier(flow: { id: string; workspaceId: string; sealedCodeVerifier: string }): Promise<Secret> {
    return this.vault.open(flow.sealedCodeVerifier, placeOf(flow.workspaceId, flow.id));
  }
}

function placeOf(workspaceId: string, rowId: string): SealedPlace {
  return { workspaceId, table: 'oauth_flows', column: 'sealed_code_verifier', rowId };
}
