import type { INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type Audience, audienceKey } from './audience.js';

/** One handler as the application registered it. */
export interface RegisteredRoute {
  /** `ControllerClass.method`. */
  label: string;
  /** Index of Nest's `RequestMethod`. */
  method: number;
  audience: Audience | undefined;
  handler: (...args: never[]) => unknown;
}

/** Every route of the application with its audience. Needs `DiscoveryModule`. */
export function registeredRoutes(app: INestApplicationContext): RegisteredRoute[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: never[]) => unknown>;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        if (!handler || Reflect.getMetadata(PATH_METADATA, handler) === undefined) return [];
        return [
          {
            label: `${metatype.name}.${name}`,
            method: Reflect.getMetadata(METHOD_METADATA, handler) as number,
            audience: Reflect.getMetadata(audienceKey, handler) as Audience | undefined,
            handler,
          },
        ];
      });
    });
}

/** @throws Error naming the routes that do not say who may call them. */
export function refuseSilentRoutes(app: INestApplicationContext): void {
  const silent = registeredRoutes(app).filter((route) => !route.audience);
  if (silent.length > 0) {
    throw new Error(`these routes do not state an audience: ${silent.map((route) => route.label).join(', ')}`);
  }
}
