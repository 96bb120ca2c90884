import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress, EgressPolicy } from '#egress';

/** The way out for every outbound call. */
@Module({
  providers: [
    {
      provide: Egress,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new Egress(EgressPolicy.parse(config.egress.allow.join(','))),
    },
  ],
  exports: [Egress],
})
export class EgressModule implements OnApplicationShutdown {
  constructor(private readonly egress: Egress) {}

  onApplicationShutdown(): Promise<void> {
    return this.egress.close();
  }
}
