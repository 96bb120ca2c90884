import { BodySentence, TextField } from '#http';

/** What to install. */
@BodySentence('invalid request body')
export class InstallPluginDto {
  /**
   * `local://<name>`, a folder of the registry (a bare name means the same), or `github://<owner>/<repo>#<ref>` at a tag, a
   * branch or a commit.
   */
  @TextField({
    required: true,
    max: 2_048,
    requiredMessage: `'source' is required (e.g. "local://my-plugin" or "github://owner/repo")`,
    example: 'github://acme/review-plugin#v1.2.0',
  })
  source: string;

  /**
   * SHA-256 (hex) that the plugin must have: of the whole tree, as `sha256` in the answer. That of `plugin.yaml` alone is
   * taken too, which pins nothing else; `verified` in the answer says which of the two it was.
   */
  @TextField({ max: 128, nullable: true, example: 'b6c1d1f8e7a94a4c1c0a6d6ff0f2f9a3a2c3c5b8d9e0f1a2b3c4d5e6f7a8b9c0' })
  sha256?: string | null;
}
