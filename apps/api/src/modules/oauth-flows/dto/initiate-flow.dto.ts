import { IdField, TextField } from '#http';

/** Which credential is to be connected (seed 000, "Initiate OAuth Flow"). */
export class InitiateFlowDto {
  /** A credential of type OAUTH2 with a client id and endpoints. */
  @IdField({ required: true })
  credential_id: string;

  /**
   * Where the provider sends the browser instead of to our callback: a loopback address, or one that is registered for
   * the workspace. Whoever receives the answer there brings it with `POST /oauth/finish`.
   */
  @TextField({ max: 2048, nullable: true, example: 'https://app.example.com/oauth/done' })
  redirect_uri?: string | null;
}
