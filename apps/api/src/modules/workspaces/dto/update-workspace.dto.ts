import { FlagField, IntegerField, NameField, TextField } from '#http';
import { WorkspaceSlugField } from './workspace-fields.js';

const longestDays = 36_500;

/** Changes of a workspace. Absent members stay; null clears a nullable one. */
export class UpdateWorkspaceDto {
  /** Name shown to people. */
  @NameField({ example: 'Acme' })
  name?: string;

  /** Short name for URLs, unique in the instance. */
  @WorkspaceSlugField()
  slug?: string;

  /** Language in which agents answer: its English name or its ISO 639 code. `""` clears it too. */
  @TextField({ max: 64, nullable: true, example: 'cs' })
  preferred_language?: string | null;

  /** Whether crews with privileged containers may be given credentials. */
  @FlagField()
  allow_privileged_credentials?: boolean;

  /** Days that runs are kept; null keeps them for good. */
  @IntegerField({ min: 1, max: longestDays, nullable: true, example: 90 })
  run_retention_days?: number | null;

  /** Days that the credentials' own timeline is kept; null keeps it for good. */
  @IntegerField({ min: 0, max: longestDays, nullable: true })
  credential_audit_retention_days?: number | null;

  /** Days that audit rows are kept; null keeps them for good. */
  @IntegerField({ min: 0, max: longestDays, nullable: true })
  audit_log_retention_days?: number | null;

  /** Most console integrations; null means no limit. Only the instance administrator may change it. */
  @IntegerField({ min: 0, max: 100_000, nullable: true })
  integration_limit?: number | null;
}
