import { unreachable } from '#kernel';
import { findFieldFaults } from './field-rules.js';
import type { Manifest } from './manifest.schema.js';
import type { ManifestFault } from './manifest-faults.js';
import { findCommandFaults } from './pinned-command.js';
import { derivedText } from './secret-values.js';
import { findTemplateFaults } from './template-rules.js';

/** What is wrong with a manifest whose members have the right types, in the order of its members. */
export function findManifestFaults(manifest: Manifest): ManifestFault[] {
  return [
    ...transportFaults(manifest),
    ...findFieldFaults(manifest.fields ?? []),
    ...verifyFaults(manifest),
    ...modeFaults(manifest),
    ...nameFaults(manifest),
    ...findTemplateFaults(manifest),
  ];
}

function transportFaults({ mcp }: Manifest): ManifestFault[] {
  const faults: ManifestFault[] = [];
  const forbid = (name: 'command' | 'args' | 'env' | 'endpoint' | 'headers') => {
    if (mcp[name] !== undefined) faults.push(fault(`mcp.${name}`, `does not belong to ${mcp.transport}`));
  };
  switch (mcp.transport) {
    case 'stdio':
      if (mcp.command === undefined) faults.push(fault('mcp.command', 'is required for stdio'));
      else faults.push(...findCommandFaults(mcp.command, mcp.args ?? []));
      forbid('endpoint');
      forbid('headers');
      return faults;
    case 'streamable-http':
      if (mcp.endpoint === undefined) faults.push(fault('mcp.endpoint', 'is required for streamable-http'));
      forbid('command');
      forbid('args');
      forbid('env');
      return faults;
    default:
      return unreachable(mcp.transport);
  }
}

function verifyFaults({ verify }: Manifest): ManifestFault[] {
  if (verify === undefined || Object.keys(verify).length <= 1) return [];
  return [fault('verify', 'at most one of http, sql and mcp_method')];
}

function modeFaults(manifest: Manifest): ManifestFault[] {
  const fields = manifest.fields ?? [];
  const faults: ManifestFault[] = [];
  switch (manifest.auth_mode) {
    case 'mcp_oauth':
      if (manifest.mcp.transport !== 'streamable-http')
        faults.push(fault('mcp.transport', 'mcp_oauth needs streamable-http'));
      break;
    case 'pat':
      if (!fields.some(({ type }) => type === 'password')) faults.push(fault('fields', 'pat needs a password field'));
      break;
    case 'conn_string':
      if (fields.length === 0) faults.push(fault('fields', 'conn_string needs a field'));
      break;
    case 'byo_oauth':
      faults.push(...applicationFaults(manifest));
      break;
    case 'none':
      break;
    default:
      unreachable(manifest.auth_mode);
  }
  if (manifest.oauth && manifest.auth_mode !== 'byo_oauth') faults.push(fault('oauth', 'belongs to byo_oauth only'));
  return faults;
}

function applicationFaults({ oauth, fields, mcp }: Manifest): ManifestFault[] {
  const missing = ['client_id', 'client_secret'].filter((key) => !fields?.some((field) => field.key === key));
  const faults = missing.map((key) => fault('fields', `byo_oauth needs a field ${key}`));
  if (fields?.some(({ key, type }) => key === 'client_secret' && type !== 'password')) {
    faults.push(fault('fields', 'client_secret must be a password'));
  }
  if (oauth === undefined) faults.push(fault('oauth', 'is required for byo_oauth'));
  else if (mcp.transport === 'stdio' && oauth.env_var === undefined) {
    faults.push(fault('oauth.env_var', 'is required for stdio: it carries the access token'));
  }
  return faults;
}

function nameFaults(manifest: Manifest): ManifestFault[] {
  return (manifest.fields ?? [])
    .filter(({ key }) => derivedText(manifest, key) !== undefined)
    .map(({ key }) => fault(`derived.${key}`, 'has the name of a field'));
}

function fault(path: string, message: string): ManifestFault {
  return { path, message };
}
