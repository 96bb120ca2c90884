import type { OperationNode, ParameterNode } from './document-nodes.js';
import { maxIdLength } from './schema-limits.js';

const described: Readonly<Record<string, string>> = {
  workspaceId: 'Id or slug of the workspace.',
  toolName: 'Name of the tool, as the server lists it.',
};

/** Describes and limits the parameters that the controllers take as bare strings: those of the path. */
export function completeParameters(operation: OperationNode): void {
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'path') completePathParameter(parameter);
  }
}

function completePathParameter(parameter: ParameterNode): void {
  parameter.description ??= described[parameter.name] ?? generalDescription(parameter.name);
  parameter.schema ??= { type: 'string' };
  const { schema } = parameter;
  if (schema.type !== 'string' || schema.enum) return;
  schema.minLength ??= 1;
  // An id that is longer belongs to no row; other words are as long as the names of rows may be.
  schema.maxLength ??= parameter.name.endsWith('Id') ? maxIdLength : 255;
}

// `credentialId` is an "Id of the credential.", `agentName` a "Name of the agent."
function generalDescription(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
  const kind = words.pop() ?? name;
  const noun = words.join(' ');
  const Kind = kind.charAt(0).toUpperCase() + kind.slice(1);
  return noun === '' ? `${Kind} of the resource.` : `${Kind} of the ${noun}.`;
}
