import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from './app-config.js';

/** Gives every module the configuration that the process started with: inject {@link AppConfig}. */
@Module({})
export class ConfigModule {
  /** `config` comes from `loadConfig`, completed by `withDatabaseUrl`. */
  static of(config: AppConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: AppConfig, useValue: config }],
      exports: [AppConfig],
    };
  }
}
