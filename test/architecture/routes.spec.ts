import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplication, RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RegisteredRoute, registeredRoutes } from '#access';
import { type AuditStatement, auditedKey } from '#audit-log';
import { loadConfig, withDatabaseUrl } from '#config';
import { allErrorCodes } from '#kernel';
import { testPorts } from '#testing';
import { AppModule } from '../../apps/api/src/app.module.js';

describe('the application', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'crewship-architecture-'));
  let app: INestApplication;
  let routes: RegisteredRoute[];

  beforeAll(async () => {
    const config = withDatabaseUrl(loadConfig({ DATA_DIR: dataDir, PORT: '0' }), 'postgresql://nowhere.invalid/none');
    app = await NestFactory.create(AppModule.with(config, testPorts()), new ExpressAdapter(), { logger: ['error'] });
    routes = registeredRoutes(app);
  });
  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const statementOf = ({ handler }: RegisteredRoute): AuditStatement | undefined =>
    Reflect.getMetadata(auditedKey, handler) as AuditStatement | undefined;
  const labels = (found: readonly RegisteredRoute[]): string[] => found.map(({ label }) => label);

  it('leaves no route without a stated audience', () => {
    expect(routes.length).toBeGreaterThan(5);
    expect(labels(routes.filter(({ audience }) => !audience))).toEqual([]);
  });

  it('says of every write what it records, or why it records nothing', () => {
    const writes = routes.filter(({ method }) => method !== RequestMethod.GET);
    const silent = writes.filter((route) => {
      const statement = statementOf(route);
      if (!statement) return true;
      return 'reason' in statement ? statement.reason.trim() === '' : statement.actions.length === 0;
    });
    expect(labels(silent)).toEqual([]);
  });

  it('names audit actions `noun.verb`', () => {
    const actions = routes.flatMap((route) => {
      const statement = statementOf(route);
      return statement && 'actions' in statement ? statement.actions : [];
    });
    expect(actions.filter((action) => !/^[a-z_]+\.[a-z_]+$/.test(action))).toEqual([]);
  });

  it('opens a route to anybody only for a reason', () => {
    const unreasoned = routes.filter(({ audience }) => audience?.kind === 'public' && audience.reason.trim() === '');
    expect(labels(unreasoned)).toEqual([]);
  });

  // Codes are unique because defining one twice fails while modules load; this holds their form.
  it('gives every error a code `area.reason` in lower case and a public sentence', () => {
    const codes = [...allErrorCodes()];
    expect(codes.length).toBeGreaterThan(20);
    const untidy = codes.filter(([code, { message }]) => !/^[a-z_]+\.[a-z0-9_]+$/.test(code) || message.trim() === '');
    expect(untidy).toEqual([]);
  });
});
