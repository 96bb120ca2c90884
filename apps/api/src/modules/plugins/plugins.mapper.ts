import { supportsRuntime } from './compatibility-rules.js';
import type { InstalledPluginResponse } from './dto/installed-plugin.response.js';
import type { PluginResponse } from './dto/plugin.response.js';
import type { PluginInstallationResponse } from './dto/plugin-installation.response.js';
import type { DigestCheck, InstalledPlugin, RegistryPlugin } from './plugins.types.js';

/** A plugin of the registry as the API shows it. */
export function toPluginResponse({ name, manifest }: RegistryPlugin): PluginResponse {
  return { ...manifest, name };
}

/** An installed plugin as the API shows it, beside a runtime. */
export function toInstalledPluginResponse(plugin: InstalledPlugin, runtime: string): InstalledPluginResponse {
  return {
    ...toPluginResponse(plugin),
    supported_on_runtime: supportsRuntime(plugin.manifest, runtime),
    source: plugin.source,
    sha256: plugin.sha256,
    size_bytes: plugin.sizeBytes,
    installed_at: plugin.installedAt.toISOString(),
    updated_at: plugin.updatedAt.toISOString(),
  };
}

/** What an installation is answered with. */
export function toPluginInstallationResponse(
  plugin: InstalledPlugin,
  verified: DigestCheck | null,
): PluginInstallationResponse {
  return {
    status: 'installed',
    plugin: plugin.name,
    source: plugin.source,
    version: plugin.manifest.version,
    sha256: plugin.sha256,
    verified,
    size_bytes: plugin.sizeBytes,
    installed_at: plugin.installedAt.toISOString(),
    updated_at: plugin.updatedAt.toISOString(),
  };
}
