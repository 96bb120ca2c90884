import type { SeededMember, TestApp } from '#testing';

const path = '/api/v1/crews/{crewId}/integrations';
const onePath = '/api/v1/crews/{crewId}/integrations/{integrationId}';

/** What calls are about unless they say otherwise. */
export interface CrewContext {
  test: TestApp;
  owner: SeededMember;
  crewId: string;
}

/** The operations on one crew's servers, by the context's owner unless told; the context is read at each call. */
export function crewCalls(context: () => CrewContext) {
  const at = (caller: SeededMember | undefined, crew: string | undefined) => {
    const { test, owner, crewId } = context();
    return { client: test.as(caller ?? owner), crewId: crew ?? crewId };
  };
  return {
    create: (body: { name: string } & Record<string, unknown>, caller?: SeededMember, crew?: string) => {
      const { client, crewId } = at(caller, crew);
      return client.POST(path, { params: { path: { crewId } }, body });
    },
    patch: (integrationId: string, body: Record<string, unknown>, caller?: SeededMember, crew?: string) => {
      const { client, crewId } = at(caller, crew);
      return client.PATCH(onePath, { params: { path: { crewId, integrationId } }, body });
    },
    get: (integrationId: string, caller?: SeededMember, crew?: string) => {
      const { client, crewId } = at(caller, crew);
      return client.GET(onePath, { params: { path: { crewId, integrationId } } });
    },
    remove: (integrationId: string, caller?: SeededMember, crew?: string) => {
      const { client, crewId } = at(caller, crew);
      return client.DELETE(onePath, { params: { path: { crewId, integrationId } } });
    },
  };
}
