// The framework's own price: a Nest controller on Express answering fixed bytes, nothing else. argv: file with the body.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';

const body = readFileSync(process.argv[2], 'utf8');

class BareController {
  get() {
    return body;
  }
}
const { get } = Object.getOwnPropertyDescriptors(BareController.prototype);
Get()(BareController.prototype, 'get', get);
Header('Content-Type', 'application/json; charset=utf-8')(BareController.prototype, 'get', get);
Controller()(BareController);

class BareModule {}
Module({ controllers: [BareController] })(BareModule);

const app = await NestFactory.create(BareModule, new ExpressAdapter(), { logger: false, bodyParser: false });
app.getHttpAdapter().getInstance().disable('etag').disable('x-powered-by');
await app.listen(0, '127.0.0.1');
console.log(`listening ${app.getHttpServer().address().port}`);
