import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Message, Role } from '@a2a-js/sdk';
import {
  AgentEvent,
  type AgentExecutor,
  DefaultRequestHandler,
  type ExecutionEventBus,
  InMemoryTaskStore,
  type RequestContext,
} from '@a2a-js/sdk/server';
import { agentCardHandler, jsonRpcHandler, UserBuilder } from '@a2a-js/sdk/server/express';
import express from 'express';
import { cardOf, partOf, textOf } from './a2a-texts.js';
import { refuseUnsigned } from './signed-requests.js';

/** A message as the agent got it. */
export interface HeardMessage {
  messageId: string;
  text: string;
  metadata: Record<string, unknown>;
}

/** What the agent says to a message. */
export type Answering = (message: HeardMessage) => string | Promise<string>;

/** An agent made with A2A's own SDK, on loopback. It takes protocol 1.0 and, as the product speaks it, 0.3. */
export class A2aAgent {
  /** What it was told, oldest first. */
  readonly heard: HeardMessage[] = [];
  /** What it answers; at first it says back what it was told. */
  answer: Answering = ({ text }) => `you said: ${text}`;
  /** With one, it takes only requests that are signed with it, as deliveries are. */
  signingSecret: string | null = null;

  private constructor(private readonly server: Server) {}

  /** Listens on a free port. */
  static async start(): Promise<A2aAgent> {
    const app = express();
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const agent = new A2aAgent(server);
    const requestHandler = new DefaultRequestHandler(cardOf(agent.url), new InMemoryTaskStore(), agent.#executor());
    app.use('/.well-known/agent-card.json', agentCardHandler({ agentCardProvider: requestHandler }));
    app.use(refuseUnsigned(() => agent.signingSecret));
    const userBuilder = UserBuilder.noAuthentication;
    app.use(jsonRpcHandler({ requestHandler, userBuilder, legacyCompat: { enabled: true } }));
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
        const message = heardOf(request);
        this.heard.push(message);
        bus.publish(AgentEvent.message(sayingOf(await this.answer(message), request.contextId)));
        bus.finished();
      },
      cancelTask: async () => undefined,
    };
  }
}

function heardOf({ userMessage, request }: RequestContext): HeardMessage {
  const text = userMessage.parts.map(textOf).join('');
  return { messageId: userMessage.messageId, text, metadata: request.metadata ?? {} };
}

function sayingOf(text: string, contextId: string): Message {
  return {
    messageId: randomUUID(),
    contextId,
    taskId: '',
    role: Role.ROLE_AGENT,
    parts: [partOf(text)],
    metadata: undefined,
    extensions: [],
    referenceTaskIds: [],
  };
}
