import type { ExplainedServer, Explanation, FieldName, NotOffered } from '#resolver-core';
import type {
  ExplainedIntegrationResponse,
  FieldOriginResponse,
  NotOfferedResponse,
  ResolutionExplanationResponse,
} from './dto/explanation.response.js';
import { toResolvedIntegration } from './resolution.mapper.js';

/** An explanation as it is answered. Values that were replaced are not in it, so no secret can be. */
export function toExplanationResponse(agentId: string, explanation: Explanation): ResolutionExplanationResponse {
  return {
    agent_id: agentId,
    servers: explanation.servers.map(toExplained),
    not_offered: explanation.notOffered.map(toNotOffered),
    warnings: explanation.warnings.map(({ code, message }) => ({ code, message })),
  };
}

function toExplained(explained: ExplainedServer): ExplainedIntegrationResponse {
  const { server, credential } = explained;
  return {
    ...toResolvedIntegration(server),
    overrides: server.overrides,
    binding_ids: server.bindingIds,
    provenance: provenanceOf(explained),
    shadowed: explained.shadowed.map(({ field, member, level, rowId }) => ({
      field: pathOf(field, member),
      level,
      row_id: rowId,
    })),
    credential: credential && {
      id: credential.id,
      name: credential.name,
      state: credential.state,
      reason: credential.reason,
      level: credential.level,
      row_id: credential.rowId,
      binding_id: credential.bindingId,
    },
    tools_withheld: explained.tools.withheld.map(({ name, decidedBy }) => ({
      name,
      level: decidedBy.level,
      row_id: decidedBy.rowId,
    })),
    references: explained.references.map(({ name, field, state }) => ({ name, field: referenceFields[field], state })),
    warnings: explained.warnings.map(({ code, message }) => ({ code, message })),
  };
}

function provenanceOf({ provenance, configMembers }: ExplainedServer): FieldOriginResponse[] {
  const fields = Object.entries(provenance).map(([field, { level, rowId, rule }]) => ({
    field: pathOf(field as FieldName, null),
    level,
    row_id: rowId,
    rule,
  }));
  const members = configMembers.map(({ member, level, rowId, rule }) => ({
    field: pathOf('configJson', member),
    level,
    row_id: rowId,
    rule,
  }));
  return [...fields, ...members];
}

const referenceFields = {
  endpoint: 'endpoint',
  argsJson: 'args_json',
  envJson: 'env_json',
  headers: 'headers',
} as const;

function pathOf(field: FieldName, member: string | null): string {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return member === null ? name : `${name}.${member}`;
}

function toNotOffered(hidden: NotOffered): NotOfferedResponse {
  return {
    server_id: hidden.serverId,
    scope: hidden.scope,
    name: hidden.name,
    overrides: hidden.overrides,
    rule: hidden.rule,
    decided_by_level: hidden.decidedBy.level,
    decided_by_row_id: hidden.decidedBy.rowId,
    reason: hidden.sentence,
  };
}
