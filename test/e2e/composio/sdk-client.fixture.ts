import { type ComposioAccess, ComposioSdkClient, findComposioFault } from '#composio';
import { Egress, EgressPolicy } from '#egress';
import { Secret } from '#kernel';
import { ComposioStub } from '../../counterparts/composio-stub/composio-stub.js';

/** The key that the stub knows. */
export const clientKey = 'ak_canary_0123456789';

/** The client and what it calls. */
export interface ClientWorld {
  stub: ComposioStub;
  egress: Egress;
  client: ComposioSdkClient;
  access: ComposioAccess;
  close(): Promise<void>;
}

/** Starts a stub and a client of it, without any application around them. */
export async function startClient(): Promise<ClientWorld> {
  const stub = await ComposioStub.start(clientKey);
  const egress = new Egress(EgressPolicy.parse('127.0.0.1'));
  return {
    stub,
    egress,
    client: new ComposioSdkClient(egress, { baseUrl: `${stub.url}/` }),
    access: { apiKey: new Secret(clientKey), source: 'workspace' },
    close: async () => {
      await stub.stop();
      await egress.close();
    },
  };
}

/** Why a call failed, with its sentence. */
export async function failureOf(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  const fault = findComposioFault(error);
  if (fault === null || !(error instanceof Error)) throw new Error('no fault of Composio', { cause: error });
  return { ...fault, message: error.message };
}
