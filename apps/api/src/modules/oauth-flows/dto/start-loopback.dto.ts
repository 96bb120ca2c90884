import { ChoiceField, IdField, IntegerField } from '#http';

/** Where the listener of a loopback flow runs: beside the browser, or on this server's own host. */
export const loopbackModes = ['client', 'server'] as const;

/** One of {@link loopbackModes}. */
export type LoopbackMode = (typeof loopbackModes)[number];

/** Which credential is to be connected through a listener on the browser's own host (RFC 8252). */
export class StartLoopbackDto {
  /** A credential of type OAUTH2 with a client id and endpoints. */
  @IdField({ required: true })
  credential_id: string;

  /** Port that the client's listener has; without one a free-looking one is proposed. Only for mode `client`. */
  @IntegerField({ min: 1, max: 65_535, example: 49_152 })
  port?: number;

  /** `client`: the caller listens and finishes by `exchange` or `finish`. `server`: we listen; only for browsers on this host. */
  @ChoiceField(loopbackModes, { enumName: 'LoopbackMode', default: 'client' })
  mode?: LoopbackMode;
}
