import { parseAllDocuments } from 'yaml';

/** What a text of YAML says, or everything that is wrong with it; problems never quote values. */
export type YamlReading = { ok: true; value: unknown } | { ok: false; problems: string[] };

/** Stands in a value where the text says `!include <path>`. */
export class YamlInclude {
  constructor(
    /** As it is written. */
    readonly path: string,
  ) {}
}

/** What a text may do beyond plain values. */
export interface YamlAllowances {
  /** `!include <path>` gives a {@link YamlInclude}; it is a tag like any other, and refused, unless told. */
  includes?: boolean;
  /** Whole numbers come as `bigint`, so that long ids of platforms keep every digit. */
  wholeNumbers?: 'bigint';
}

/**
 * Reads one YAML 1.2 document (core schema) without anchors, tags and repeated keys. Nothing in it can run, refer or
 * multiply. The caller limits the text's size.
 */
export function readStrictYaml(text: string, { includes = false, wholeNumbers }: YamlAllowances = {}): YamlReading {
  try {
    const documents = parseAllDocuments(text, {
      schema: 'core',
      version: '1.2',
      merge: false,
      resolveKnownTags: false,
      stringKeys: true,
      strict: true,
      uniqueKeys: true,
      logLevel: 'silent',
      intAsBigInt: wholeNumbers === 'bigint',
      ...(includes && { customTags: [{ tag: '!include', resolve: (path: string) => new YamlInclude(path) }] }),
    });
    const [document] = documents;
    if (documents.length !== 1 || document === undefined) return refused('must be one YAML document');
    const problems = [...document.errors, ...document.warnings].map(
      ({ message }) => message.split('\n')[0] ?? 'not YAML',
    );
    if (problems.length > 0) return { ok: false, problems: problems.slice(0, 20) };
    return readValue(() => document.toJS({ maxAliasCount: 0 }));
  } catch (error) {
    // The reader calls itself once a level.
    if (error instanceof RangeError) return refused('is nested too deeply');
    throw error;
  }
}

function readValue(read: () => unknown): YamlReading {
  try {
    return { ok: true, value: read() };
  } catch {
    return refused('must not use YAML anchors and aliases');
  }
}

function refused(problem: string): YamlReading {
  return { ok: false, problems: [problem] };
}
