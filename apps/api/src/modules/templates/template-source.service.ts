import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { type AppError, unreachable } from '#kernel';
import {
  GithubArchives,
  type GithubSpec,
  parseGithubSpec,
  parseSource,
  refusalSentence,
  SourceError,
  type SourceFault,
  type StagedTree,
  sourceText,
} from '#sources';
import { maxTemplateBytes, maxTemplateFiles } from './template-files.js';
import { templateErrors } from './templates.errors.js';

const schemes = ['github'] as const;

/** A template as it came from a source. */
export interface FetchedTemplate {
  /** The source in its normal form. */
  source: string;
  repo: string;
  tree: StagedTree;
}

/** Fetches templates from their sources. */
@Injectable()
export class TemplateSourceService {
  readonly #timeoutMs: number;
  readonly #allowUnpinned: boolean;

  constructor(
    private readonly archives: GithubArchives,
    { plugins }: AppConfig,
  ) {
    this.#timeoutMs = plugins.fetchTimeoutMs;
    this.#allowUnpinned = plugins.allowUnpinned;
  }

  /**
   * The files of `github://owner/repo#ref`.
   * @throws AppError 400 for the source, 422 for one without a ref or what it holds, 404, 413, 502, 504.
   */
  async fetch(text: string): Promise<FetchedTemplate> {
    if (text.trim() === '') throw templateErrors.sourceRequired();
    try {
      const source = parseSource(text, schemes);
      if (source.scheme !== 'github') throw new SourceError({ kind: 'unknown_scheme', scheme: source.scheme });
      const spec = parseGithubSpec(source.spec);
      if (spec.ref === null && !this.#allowUnpinned) {
        throw templateErrors.unpinned({ extensions: { source: sourceText(source) } });
      }
      return { source: sourceText(source), repo: spec.repo, tree: await this.#tree(spec) };
    } catch (error) {
      throw error instanceof SourceError ? asAnswer(error) : error;
    }
  }

  #tree(spec: GithubSpec): Promise<StagedTree> {
    return this.archives.fetch(spec, {
      purpose: 'template.import',
      // A folder for every file, and one more to tell that there are too many.
      limits: {
        maxBytes: maxTemplateBytes,
        maxEntries: 2 * maxTemplateFiles + 1,
        maxCompressedBytes: 2 * maxTemplateBytes,
      },
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
  }
}

function asAnswer(cause: SourceError): AppError {
  const fault: SourceFault = cause.fault;
  switch (fault.kind) {
    case 'invalid_source':
    case 'invalid_spec':
      return templateErrors.invalidSource({ cause });
    case 'unknown_scheme':
      return templateErrors.unknownScheme({ cause, extensions: { available_schemes: [...schemes] } });
    case 'not_found':
      return templateErrors.sourceNotFound({ cause });
    case 'refused':
      return templateErrors.sourceRefused({
        cause,
        params: { entry: fault.entry, reason: refusalSentence(fault.reason) },
      });
    case 'too_large':
      return templateErrors.tooLarge({ cause, params: { limit: '10 MiB and 200 files' } });
    case 'timeout':
      return templateErrors.sourceTimeout({ cause });
    case 'upstream':
      return templateErrors.sourceFailed({ cause });
    default:
      return unreachable(fault);
  }
}
