import { Secret } from '#kernel';
import type { Prisma } from '#prisma';
import { Vault } from '#vault';
import type { TestApp } from '../test-app.js';

/** What a refresh left in a credential's row. */
export interface StoredToken {
  accessToken: string;
  refreshToken: string;
  row: Prisma.CredentialGetPayload<object>;
}

type Values = Partial<Prisma.CredentialUncheckedCreateInput>;

/**
 * An OAuth credential whose token `access-0` expired a minute ago, with the refresh token `refresh-0` and a client named
 * like the credential's id, unless said otherwise. Answers the id.
 */
export async function seedExpired(
  test: TestApp,
  workspaceId: string,
  tokenUrl: string,
  { refreshToken = 'refresh-0', ...values }: Values & { refreshToken?: string } = {},
): Promise<string> {
  const id = await test.seed.credential(workspaceId, {
    type: 'OAUTH2',
    tokenExpiresAt: new Date(test.clock.now().getTime() - 60_000),
    nextRefreshAt: new Date(test.clock.now().getTime() - 60_000),
    oauthTokenUrl: tokenUrl,
    oauthAuthUrl: 'https://as.example.com/authorize',
    ...values,
  });
  const vault = test.app.get(Vault, { strict: false });
  const seal = (column: string, plain: string) =>
    vault.seal(new Secret(plain), { workspaceId, table: 'credentials', column, rowId: id });
  await test.prisma.client.credential.update({
    where: { id },
    data: {
      oauthClientId: values.oauthClientId ?? id,
      sealedValue: await seal('sealed_value', 'access-0'),
      sealedRefreshToken: await seal('sealed_refresh_token', refreshToken),
    },
  });
  return id;
}

/** The row with its tokens opened. */
export async function storedToken(test: TestApp, id: string): Promise<StoredToken> {
  const row = await test.prisma.client.credential.findUniqueOrThrow({ where: { id } });
  const vault = test.app.get(Vault, { strict: false });
  const open = async (column: string, sealed: string | null) => {
    const place = { workspaceId: row.workspaceId, table: 'credentials', column, rowId: id };
    return sealed === null ? '' : (await vault.open(sealed, place)).reveal();
  };
  return {
    accessToken: await open('sealed_value', row.sealedValue),
    refreshToken: await open('sealed_refresh_token', row.sealedRefreshToken),
    row,
  };
}
