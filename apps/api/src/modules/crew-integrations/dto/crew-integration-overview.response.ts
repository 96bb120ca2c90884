import { CrewIntegrationResponse } from './crew-integration.response.js';

/** A crew integration with the name of its crew (seed 000, "All Crew Integrations"). */
export class CrewIntegrationOverviewResponse extends CrewIntegrationResponse {
  /** Name of the crew. */
  crew_name: string;

  /** Slug of the crew. */
  crew_slug: string;
}
