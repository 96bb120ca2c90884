/** What a plugin says of itself in its `plugin.yaml`. Absent members are empty. */
export interface PluginManifest {
  version: string;
  description: string;
  author: string;
  tags: string[];
  skills: string[];
  /** Runtimes that it is made for; none: all of them. */
  runtimes: string[];
}

/** A plugin of the registry on disk. */
export interface RegistryPlugin {
  /** Name of its folder. */
  name: string;
  manifest: PluginManifest;
}

/** A plugin as it is installed in a workspace, without its files. */
export interface InstalledPlugin {
  id: string;
  name: string;
  /** `scheme://spec` */
  source: string;
  manifest: PluginManifest;
  /** SHA-256 (hex) of the whole tree. */
  sha256: string;
  /** Bytes of all its files. */
  sizeBytes: number;
  /** Names the parts of its archive. */
  archiveId: string;
  /** Length of the archive. */
  archiveBytes: number;
  /** When it was first installed. */
  installedAt: Date;
  /** When it was last installed. */
  updatedAt: Date;
}

/** What the digest in a request was held against. */
export const digestChecks = ['tree', 'plugin_yaml'] as const;

/** `tree`: all files. `plugin_yaml`: that file alone, as older clients send it, which pins nothing else. */
export type DigestCheck = (typeof digestChecks)[number];

/** What a bundle keeps of an installed plugin: where it came from, and the digest that it must have again. */
export interface PluginPin {
  name: string;
  source: string;
  sha256: string;
}
