import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress, EgressPolicy } from '#egress';
import { GithubArchives } from '#sources';

/** The way out for every outbound call, and what is fetched through it on behalf of several features. */
@Module({
  providers: [
    {
      provide: Egress,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new Egress(EgressPolicy.parse(config.egress.allow.join(','))),
    },
    { provide: GithubArchives, inject: [Egress], useFactory: (egress: Egress) => new GithubArchives(egress) },
  ],
  exports: [Egress, GithubArchives],
})
export class EgressModule implements OnApplicationShutdown {
  constructor(private readonly egress: Egress) {}

  onApplicationShutdown(): Promise<void> {
    return this.egress.close();
  }
}
