import type { JsonObject } from '#kernel';
import type { AgentMessage } from './deliveries.types.js';

/** The JSON-RPC 2.0 object of A2A's `message/send` (seed 004; the spec's 4.9 and 5.5). `id` names the request. */
export function toMessageSend(id: string, message: Pick<AgentMessage, 'messageId' | 'text' | 'metadata'>): JsonObject {
  return {
    jsonrpc: '2.0',
    id,
    method: 'message/send',
    params: {
      message: {
        role: 'user',
        messageId: message.messageId,
        parts: [{ kind: 'text', text: message.text }],
      },
      ...(message.metadata && { metadata: message.metadata }),
    },
  };
}
