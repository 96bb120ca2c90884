import type { OperationNode, ParameterNode, SchemaNode } from './document-nodes.js';

const deliveryId = { type: 'string', pattern: '^dlv_[0-9a-f-]{36}$', maxLength: 40 } as const;

const envelope: SchemaNode = {
  type: 'object',
  description: 'A delivery to an endpoint with the protocol `event`.',
  required: ['id', 'type', 'workspace_id', 'agent_id', 'created_at', 'attempt', 'data'],
  properties: {
    id: {
      ...deliveryId,
      description: 'The same at every attempt: what was handled before is not to be handled again.',
    },
    type: {
      anyOf: [{ type: 'string', const: 'agent.message' }, { $ref: '#/components/schemas/EventType' }],
      description: '`agent.message`: something for the agent to answer. Everything else is an event.',
    },
    workspace_id: { type: 'string', description: 'The workspace that it is for.' },
    agent_id: { type: ['string', 'null'], description: 'The agent that it is for; null for the workspace.' },
    created_at: { type: 'string', format: 'date-time', description: 'When it was made (RFC 3339, UTC).' },
    attempt: {
      type: 'integer',
      format: 'int32',
      minimum: 1,
      maximum: 100,
      description: 'Which attempt this is, from 1.',
    },
    data: {
      type: 'object',
      additionalProperties: true,
      description:
        'The payload of the event; of an `agent.message` the object that an A2A agent gets (`AgentMessage`).',
    },
  },
};

const agentMessage: SchemaNode = {
  type: 'object',
  description:
    'A delivery to an endpoint with the protocol `a2a`: `message/send` of the Agent2Agent protocol (JSON-RPC 2.0).',
  required: ['jsonrpc', 'id', 'method', 'params'],
  properties: {
    jsonrpc: { type: 'string', const: '2.0', description: 'Version of JSON-RPC.' },
    id: { type: 'string', format: 'uuid', maxLength: 36, description: 'Id of the call; the same at every attempt.' },
    method: { type: 'string', const: 'message/send', description: 'The method.' },
    params: {
      type: 'object',
      description: 'What is asked.',
      required: ['message'],
      properties: {
        message: {
          type: 'object',
          description: 'One message by the user.',
          required: ['role', 'messageId', 'parts'],
          properties: {
            role: { type: 'string', const: 'user', description: 'Always the user.' },
            messageId: { type: 'string', maxLength: 255, description: 'Says what it came from, such as `cron-…`.' },
            parts: {
              type: 'array',
              maxItems: 1,
              description: 'One text.',
              items: {
                type: 'object',
                description: 'A text.',
                required: ['kind', 'text'],
                properties: {
                  kind: { type: 'string', const: 'text', description: 'Always a text.' },
                  text: { type: 'string', description: 'What is said.' },
                },
              },
            },
          },
        },
        metadata: {
          type: 'object',
          additionalProperties: true,
          description: 'Of a message from a chat: the channel, the chat, who wrote, and what was said before.',
        },
      },
    },
  },
};

const header = (name: string, description: string, schema: SchemaNode): ParameterNode => ({
  name,
  in: 'header',
  required: true,
  description,
  schema,
});

const delivery: OperationNode = {
  operationId: 'receiveDelivery',
  tags: ['Deliveries'],
  summary: 'A delivery, as your endpoint receives it',
  description:
    'Posted to the address of `putDeliveryEndpoint` or `putAgentDeliveryEndpoint`, in order and at least once. Compare the signature ' +
    'before anything else, in constant time, with one that you make of the raw body, and refuse timestamps that are minutes old.',
  parameters: [
    header('X-Delivery-Id', 'Id of the delivery, the same at every attempt.', deliveryId),
    header('X-Delivery-Timestamp', 'When this attempt began, in Unix seconds.', {
      type: 'string',
      pattern: '^\\d{1,12}$',
      maxLength: 12,
    }),
    header(
      'X-Delivery-Signature',
      '`v1=` and the hexadecimal HMAC-SHA256 over `<timestamp>.<raw body>` with the endpoint’s secret.',
      {
        type: 'string',
        pattern: '^v1=[0-9a-f]{64}$',
        maxLength: 67,
      },
    ),
    header('Idempotency-Key', 'The same as `X-Delivery-Id`.', deliveryId),
  ],
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          oneOf: [{ $ref: '#/components/schemas/DeliveryEnvelope' }, { $ref: '#/components/schemas/AgentMessage' }],
        },
      },
    },
  },
  responses: {
    '200': {
      description:
        'Taken. Any 2xx within 10 seconds (5 minutes with `a2a`) is. A JSON-RPC `result` in the body is the agent’s answer to a message; ' +
        'without one it may be given later with `replyToDelivery`.',
    },
    '410': { description: 'The endpoint is gone: it is disabled, and nothing is posted there until it is set again.' },
    '503': { description: 'Not taken, like every other status: tried again, after `Retry-After` at the earliest.' },
  },
  security: [],
};

/** What the product sends (OpenAPI 3.1 `webhooks`), beside what it answers. */
export const webhooks = { delivery: { post: delivery } };

/** The schemas of what it sends. */
export const webhookSchemas: Record<string, SchemaNode> = { AgentMessage: agentMessage, DeliveryEnvelope: envelope };
