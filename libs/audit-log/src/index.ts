export * from './audit-log.module.js';
export * from './audit-log.service.js';
export * from './audited.decorator.js';
export * from './change-sink.js';
export * from './redaction.js';
