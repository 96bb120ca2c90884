import { z } from 'zod';
import type {
  AuthConfig,
  ConnectedAccount,
  ConnectLink,
  McpServer,
  Tool,
  Toolkit,
  ToolkitReference,
  TriggerInstance,
  TriggerType,
} from './composio.types.js';

/** Most characters that are kept of a text of Composio's. */
export const maxUpstreamText = 20_000;

// What is missing or strange is empty: one odd item must not hide the others. Only what later calls need is insisted on.
const id = z.string().min(1).max(512);
const text = z
  .string()
  .catch('')
  .transform((value) => value.replaceAll('\0', '').slice(0, maxUpstreamText));
const flag = z.boolean().catch(false);
const count = z.number().int().nonnegative().catch(0);
const texts = z.array(z.string()).catch([]);
const webLink = z.string().refine((link) => /^https?:\/\//i.test(link) && URL.canParse(link));

const toolkitReference: z.ZodType<ToolkitReference> = z
  .object({ slug: text, logo: text })
  .catch({ slug: '', logo: '' })
  .transform(({ slug, logo }) => ({ slug, logo: logo || null }));

const category = z.object({ id: text, name: text });
const toolkitMeta = z
  .object({ description: text, logo: text, tools_count: count, categories: z.array(category).catch([]) })
  .catch({ description: '', logo: '', tools_count: 0, categories: [] });

const toolkit: z.ZodType<Toolkit> = z
  .object({ slug: id, name: text, no_auth: flag, meta: toolkitMeta })
  .transform(({ slug, name, no_auth, meta }) => ({
    slug,
    name,
    noAuth: no_auth,
    description: meta.description,
    logo: meta.logo || null,
    toolsCount: meta.tools_count,
    categories: meta.categories,
  }));

const tool: z.ZodType<Tool> = z
  .object({ slug: id, name: text, description: text, toolkit: toolkitReference, tags: texts })
  .transform(({ tags, ...rest }) => ({ ...rest, readOnly: readOnlyBy(tags) }));

// MCP's annotations travel as tags, with two of Composio's own. One that changes something wins over the one that reads.
const changingHints = ['createHint', 'updateHint', 'destructiveHint'];

function readOnlyBy(tags: readonly string[]): boolean | null {
  if (changingHints.some((hint) => tags.includes(hint))) return false;
  return tags.includes('readOnlyHint') ? true : null;
}

const triggerType: z.ZodType<TriggerType> = z.object({
  slug: id,
  name: text,
  description: text,
  type: text,
  toolkit: toolkitReference,
});

const triggerInstance: z.ZodType<TriggerInstance> = z
  .object({
    id,
    trigger_name: text,
    user_id: text,
    connected_account_id: text,
    trigger_config: z.record(z.string(), z.unknown()).nullable().catch(null),
    disabled_at: z.iso.datetime({ offset: true }).nullable().catch(null),
  })
  .transform((item) => ({
    id: item.id,
    triggerName: item.trigger_name,
    userId: item.user_id,
    connectedAccountId: item.connected_account_id,
    config: item.trigger_config,
    disabledAt: item.disabled_at,
  }));

const authConfig: z.ZodType<AuthConfig> = z.object({ id, name: text, status: text, toolkit: toolkitReference });

const connectedAccount: z.ZodType<ConnectedAccount> = z
  .object({
    id,
    user_id: text,
    status: text,
    toolkit: toolkitReference,
    auth_config: z
      .object({ id: text, auth_scheme: text, is_composio_managed: flag, is_disabled: flag })
      .catch({ id: '', auth_scheme: '', is_composio_managed: false, is_disabled: false }),
  })
  .transform(({ user_id, auth_config, ...rest }) => ({
    ...rest,
    userId: user_id,
    authConfig: {
      id: auth_config.id,
      authScheme: auth_config.auth_scheme,
      isComposioManaged: auth_config.is_composio_managed,
      isDisabled: auth_config.is_disabled,
    },
  }));

/** One page of a list with a cursor. */
export interface CursorPage<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
  /** Items of all pages; null where Composio does not say. */
  total: number | null;
}

function pageOf<T>(item: z.ZodType<T>): z.ZodType<CursorPage<T>> {
  return z
    .object({
      items: z.array(item),
      next_cursor: z.string().nullish(),
      total_items: z.number().int().nonnegative().nullish().catch(null),
    })
    .transform(({ items, next_cursor, total_items }) => ({
      items,
      nextCursor: next_cursor || null,
      total: total_items ?? null,
    }));
}

/** A page of apps. */
export const toolkitPage = pageOf(toolkit);
/** A page of tools. */
export const toolPage = pageOf(tool);
/** A page of trigger types. */
export const triggerTypePage = pageOf(triggerType);
/** A page of triggers. */
export const triggerInstancePage = pageOf(triggerInstance);
/** A page of auth configs. */
export const authConfigPage = pageOf(authConfig);
/** A page of connected accounts. */
export const connectedAccountPage = pageOf(connectedAccount);

/** What making a trigger answers. */
export const upsertedTrigger = z.object({ trigger_id: id }).transform(({ trigger_id }) => ({ triggerId: trigger_id }));

/** What making an auth config answers: the id stands in `auth_config`, formerly at the top. */
export const createdAuthConfig = z.union([
  z.object({ auth_config: z.object({ id }) }).transform(({ auth_config }) => ({ id: auth_config.id })),
  z.object({ id }),
]);

/** What beginning a connection answers. */
export const connectLink: z.ZodType<ConnectLink> = z
  .object({ redirect_url: webLink, connected_account_id: text, expires_at: text })
  .transform((link) => ({
    redirectUrl: link.redirect_url,
    connectedAccountId: link.connected_account_id,
    expiresAt: link.expires_at,
  }));

/** What refreshing an account answers. */
export const refreshedAccount = z
  .object({ redirect_url: webLink.nullish().or(z.literal('')) })
  .transform(({ redirect_url }) => ({ redirectUrl: redirect_url || null }));

const knownTexts = z.array(z.string()).nullable().catch(null);

/** An MCP server, as every call about one answers it. One without an id is for the caller to judge. */
export const mcpServer: z.ZodType<McpServer> = z
  .object({ id: id.catch(''), name: text, auth_config_ids: knownTexts, allowed_tools: knownTexts })
  .transform((server) => ({
    id: server.id,
    name: server.name,
    authConfigIds: server.auth_config_ids,
    allowedTools: server.allowed_tools,
  }));

/** One page of the MCP servers, which are counted by number. */
export const mcpServerPage = z
  .object({ items: z.array(mcpServer), total_pages: count })
  .transform(({ items, total_pages }) => ({ items, totalPages: total_pages }));
