export { splitCommandLine } from './command-line.js';
export { probeServer } from './probe.js';
export type {
  ListedTool,
  ProbeDeps,
  ProbeResult,
  ProbeTarget,
  ProbeTransport,
  ServerInfo,
} from './probe.types.js';
export { findArgsFault, findCommandFault, findEnvFault, parseArgs } from './stdio-config.js';
