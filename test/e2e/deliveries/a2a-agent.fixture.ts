import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AgentCard, type Part, Role } from '@a2a-js/sdk';
import {
  AgentEvent,
  type AgentExecutor,
  DefaultRequestHandler,
  type ExecutionEventBus,
  InMemoryTaskStore,
  type RequestContext,
} from '@a2a-js/sdk/server';
import { jsonRpcHandler, UserBuilder } from '@a2a-js/sdk/server/express';
import express from 'express';

/** An agent made with A2A's own SDK, on loopback: it says back what it was told. */
export class A2aAgent {
  /** What it was told. */
  readonly heard: string[] = [];

  private constructor(private readonly server: Server) {}

  /** Listens on a free port. */
  static async start(): Promise<A2aAgent> {
    const app = express();
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const agent = new A2aAgent(server);
    const handler = new DefaultRequestHandler(card, new InMemoryTaskStore(), agent.#executor());
    const legacyCompat = { enabled: true };
    app.use(jsonRpcHandler({ requestHandler: handler, userBuilder: UserBuilder.noAuthentication, legacyCompat }));
    return agent;
  }

  /** Where it takes JSON-RPC. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #executor(): AgentExecutor {
    return {
      execute: async (request: RequestContext, bus: ExecutionEventBus) => {
        const text = request.userMessage.parts.map(textOf).join('');
        this.heard.push(text);
        bus.publish(
          AgentEvent.message({
            messageId: randomUUID(),
            contextId: request.contextId,
            taskId: '',
            role: Role.ROLE_AGENT,
            parts: [partOf(`you said: ${text}`)],
            metadata: undefined,
            extensions: [],
            referenceTaskIds: [],
          }),
        );
        bus.finished();
      },
      cancelTask: async () => undefined,
    };
  }
}

const card: AgentCard = {
  name: 'Echo',
  description: 'Says it back',
  supportedInterfaces: [
    { url: 'http://127.0.0.1/', protocolBinding: 'JSONRPC', tenant: '', protocolVersion: '1.0' },
    { url: 'http://127.0.0.1/', protocolBinding: 'JSONRPC', tenant: '', protocolVersion: '0.3' },
  ],
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

function textOf(part: Part): string {
  return part.content?.$case === 'text' ? part.content.value : '';
}

function partOf(value: string): Part {
  return { content: { $case: 'text', value }, metadata: undefined, filename: '', mediaType: 'text/plain' };
}
