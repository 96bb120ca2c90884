import { Injectable } from '@nestjs/common';
import { type ComposioAccess, ComposioClient } from '#composio';
import { byToolkit, isEnabled } from './auth-config-rules.js';
import { composioBindingErrors } from './composio-bindings.errors.js';
import type { SettledApp, WantedApp } from './composio-bindings.types.js';
import { isReadTool } from './read-tools.js';
import { type NamedApps, wantedApps } from './wanted-apps.js';

/** What is to be bound, before anything is made. */
export interface AppPlan {
  apps: SettledApp[];
  /** The auth config of each app that has one, by toolkit. */
  authConfigs: ReadonlyMap<string, string>;
}

/** Settles which apps and tools a request means. Only reads at Composio. */
@Injectable()
export class AppPlanService {
  constructor(private readonly client: ComposioClient) {}

  /** @throws AppError 400 for apps, modes or tools that come to nothing, 502 for what Composio refuses. */
  async plan(access: ComposioAccess, named: NamedApps): Promise<AppPlan> {
    const all = await this.client.listAuthConfigs(access);
    const authConfigs = byToolkit(all);
    const connected = [...byToolkit(all.filter(isEnabled)).keys()];
    const apps: SettledApp[] = [];
    for (const app of wantedApps(named, connected)) apps.push(await this.#settled(access, app));
    return { apps, authConfigs };
  }

  async #settled(access: ComposioAccess, { toolkit, mode, tools }: WantedApp): Promise<SettledApp> {
    if (mode === 'full') return { toolkit, mode, tools: [] };
    const known = await this.client.listAllTools(access, toolkit);
    const chosen = mode === 'read' ? known.filter(isReadTool).map(({ slug }) => slug) : pickedOf(tools, known);
    if (chosen.length === 0) throw composioBindingErrors.noTools({ params: { toolkit } });
    return { toolkit, mode, tools: [...new Set(chosen)] };
  }
}

// As the app writes them, in the order of the request; what the app does not have is dropped.
function pickedOf(wanted: readonly string[], known: readonly { slug: string }[]): string[] {
  const bySlug = new Map(known.map(({ slug }) => [slug.toLowerCase(), slug]));
  return wanted.flatMap((tool) => bySlug.get(tool.trim().toLowerCase()) ?? []);
}
