export * from './cron-fault.js';
export * from './cron-plan.js';
export { isTimeZone } from './time-zones.js';
