import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** Where agents reach Composio, as it is stored for them. */
@Injectable()
export class EndpointMovesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Gives every endpoint that is elsewhere this base URL; what follows it stays. */
  async moveTo(baseUrl: string, now: Date): Promise<void> {
    const here = `${baseUrl}/v3/mcp/`;
    // The greedy beginning ends at the last of these segments: what follows is percent-encoded and has none.
    const rest = '^.*(/v3/mcp/[^/]+/mcp[?].*)$';
    await this.prisma.client.$executeRaw`
      UPDATE workspace_integrations s SET endpoint = ${baseUrl} || substring(s.endpoint FROM ${rest}), updated_at = ${now}
      FROM composio_bindings b
      WHERE b.workspace_integration_id = s.id AND NOT starts_with(s.endpoint, ${here}) AND s.endpoint ~ ${rest}`;
    await this.prisma.client.$executeRaw`
      UPDATE composio_workspaces SET default_endpoint = ${baseUrl} || substring(default_endpoint FROM ${rest})
      WHERE NOT starts_with(default_endpoint, ${here}) AND default_endpoint ~ ${rest}`;
  }
}
