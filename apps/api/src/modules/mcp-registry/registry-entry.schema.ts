import { z } from 'zod';
import {
  addressTemplate,
  cleanText,
  isStorable,
  optionalText,
  readableItems,
  readableMembers,
  webAddress,
} from './registry-text.js';

// The form of `server.json` (schema 2025-12-11), read leniently: what is unknown is dropped, what is missing or of a
// wrong type gets its default. Reading what was read before changes nothing, so that columns are read by the same rules.

const inputFields = {
  description: cleanText(2_000),
  isRequired: z.boolean().catch(false),
  isSecret: z.boolean().catch(false),
  format: z.enum(['string', 'number', 'boolean', 'filepath']).catch('string'),
  /** Fixed by the publisher; `{name}` stands for a variable. Null: to be given. */
  value: optionalText(4_096),
  default: optionalText(4_096),
  placeholder: cleanText(1_000),
  choices: readableItems(z.string().max(1_000).refine(isStorable), 200),
};
const input = z.object(inputFields);
const inputWithVariables = z.object({ ...inputFields, variables: readableMembers(input, 50) });
const namedInput = inputWithVariables.extend({ name: cleanText(255).refine((name) => name !== '') });

const argument = inputWithVariables.extend({
  type: z.enum(['positional', 'named']),
  /** The flag, with its dashes. */
  name: cleanText(255),
  /** What a positional argument is called. */
  valueHint: cleanText(255),
  isRepeated: z.boolean().catch(false),
});

const packageTransport = z
  .object({
    type: z.enum(['stdio', 'streamable-http', 'sse']).catch('stdio'),
    url: addressTemplate,
    headers: readableItems(namedInput, 50),
  })
  .catch({ type: 'stdio', url: '', headers: [] });

const packageFields = z.object({
  registryType: cleanText(50).refine((type) => type !== ''),
  // Whatever names no web address names no registry either, and must not pass for the usual one.
  registryBaseUrl: cleanText(2_048).refine((url) => url === '' || /^https?:\/\/[^\s"'<>]+$/i.test(url)),
  identifier: cleanText(1_024).refine((identifier) => identifier !== ''),
  version: cleanText(255),
  fileSha256: cleanText(64).transform((hash) => (/^[0-9a-f]{64}$/i.test(hash) ? hash : '')),
  runtimeHint: cleanText(100),
  transport: packageTransport,
  runtimeArguments: readableItems(argument, 100),
  packageArguments: readableItems(argument, 100),
  environmentVariables: readableItems(namedInput, 100),
});
// The only kind whose identifier is an address.
const packageSchema = packageFields.refine(
  ({ registryType, identifier }) => registryType !== 'mcpb' || /^https:\/\/[^\s"'<>]+$/i.test(identifier),
);

const remoteSchema = z.object({
  type: z.enum(['streamable-http', 'sse']).catch('streamable-http'),
  url: addressTemplate.refine((url) => url !== ''),
  headers: readableItems(namedInput, 50),
  variables: readableMembers(input, 50),
});

/** Ways to run a server where its agents are, the publisher's preferred one first. */
export const packagesSchema = readableItems(packageSchema, 20);

/** Places where a server already runs. */
export const remotesSchema = readableItems(remoteSchema, 20);

/** The part of an entry that is kept. */
export const serverSchema = z.object({
  description: cleanText(1_000),
  title: cleanText(255),
  version: cleanText(255),
  websiteUrl: webAddress(['https:', 'http:']),
  repository: z.object({ url: webAddress(['https:', 'http:']) }).catch({ url: '' }),
  icons: readableItems(z.object({ src: webAddress(['https:']) }), 10),
  packages: packagesSchema,
  remotes: remotesSchema,
});

/** One input that a server asks for (`Input` of server.json). */
export type RegistryInput = z.output<typeof input>;
/** An input whose fixed value may hold variables (`InputWithVariables`). */
export type RegistryTemplate = z.output<typeof inputWithVariables>;
/** A header or environment variable (`KeyValueInput`). */
export type RegistryNamedInput = z.output<typeof namedInput>;
/** A command-line argument (`Argument`). */
export type RegistryArgument = z.output<typeof argument>;
/** A package (`Package`). */
export type RegistryPackage = z.output<typeof packageSchema>;
/** A remote (`RemoteTransport`); `{name}` in its URL stands for a variable. */
export type RegistryRemote = z.output<typeof remoteSchema>;
