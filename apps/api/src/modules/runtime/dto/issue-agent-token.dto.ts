import { IntegerField } from '#http';

/** How long a token for an agent is to be good. */
export class IssueAgentTokenDto {
  /** Seconds from now, a minute to a week. */
  @IntegerField({ min: 60, max: 604_800, default: 86_400 })
  ttl_seconds?: number;
}
