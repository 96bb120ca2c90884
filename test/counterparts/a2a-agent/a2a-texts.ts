import type { AgentCard, Part } from '@a2a-js/sdk';

/** The card of an agent that talks in plain text at this address. */
export function cardOf(url: string): AgentCard {
  return {
    name: 'On call',
    description: 'Looks after the shop, and asks before it changes anything',
    supportedInterfaces: ['1.0', '0.3'].map((protocolVersion) => ({
      url,
      protocolBinding: 'JSONRPC',
      tenant: '',
      protocolVersion,
    })),
    provider: undefined,
    version: '1.0.0',
    capabilities: { streaming: false, pushNotifications: false, extensions: [] },
    securitySchemes: {},
    securityRequirements: [],
    defaultInputModes: ['text'],
    defaultOutputModes: ['text'],
    skills: [],
    signatures: [],
  };
}

/** The text of a part; `""` of one that has none. */
export function textOf(part: Part): string {
  return part.content?.$case === 'text' ? part.content.value : '';
}

/** A part that is text. */
export function partOf(value: string): Part {
  return { content: { $case: 'text', value }, metadata: undefined, filename: '', mediaType: 'text/plain' };
}
