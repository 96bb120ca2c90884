import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '#access';
import { Endpoint } from '#http';
import { HealthResponse, ReadinessResponse } from './dto/health.response.js';
import { HealthService } from './health.service.js';

/** Health of the process (seed 003, "Health Check"). */
@ApiTags('System')
@Controller('api/health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Public('load balancers and people ask before they sign in')
  @Endpoint({ id: 'getHealth', summary: 'Tell whether the process answers', type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public('load balancers ask before they send traffic')
  @Endpoint({
    id: 'getReadiness',
    summary: 'Tell whether the process can serve requests',
    description: 'Asks the database, and answers 503 with `Retry-After` when it does not answer within two seconds.',
    type: ReadinessResponse,
  })
  ready(): Promise<ReadinessResponse> {
    return this.health.readiness();
  }
}
