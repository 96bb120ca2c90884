import { Module } from '@nestjs/common';
import { AppConfig } from '#config';
import { Egress } from '#egress';

/** The way out for every outbound call. */
@Module({
  providers: [
    {
      provide: Egress,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => new Egress({ allow: config.egress.allow }),
    },
  ],
  exports: [Egress],
})
export class EgressModule {}
