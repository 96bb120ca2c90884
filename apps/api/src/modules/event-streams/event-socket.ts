import type { RawData, WebSocket } from 'ws';
import type { Presented } from '#access';
import { AppError, raise } from '#kernel';
import { formatCursor } from '../events/event-cursor-rules.js';
import type { EndReason, Unsubscribe } from '../events/event-feed.types.js';
import type { Release } from './counted-places.js';
import { eventStreamErrors } from './event-streams.errors.js';
import { readSocketMessage, type SocketMessage } from './socket-message.js';
import type { SocketPartsService } from './socket-parts.service.js';
import { SocketSink } from './socket-sink.js';

/** Close codes of RFC 6455 §7.4.1 that are used here. */
export const closeCodes = { goingAway: 1001, policy: 1008, tryAgain: 1013 } as const;

interface SocketSubscription {
  /** The workspace as the client named it: by id or slug. */
  ref: string;
  sink: SocketSink;
  unsubscribe: Unsubscribe;
}

/** One WebSocket connection: a token first, then subscriptions by workspace. Messages are answered one after the other. */
export class EventSocket {
  readonly #subscriptions = new Map<string, SocketSubscription>();
  readonly #timers: NodeJS.Timeout[] = [];
  #presented: Presented | null = null;
  #release: Release = () => undefined;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isAlive = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly origin: Presented['origin'],
    private readonly parts: SocketPartsService,
    private readonly on: { known(): void; failure(error: unknown): void },
  ) {
    const { limits } = parts;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#isAlive = true;
    });
    // What is wrong with a frame (too large, not UTF-8) closes the connection with its own code.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#leave());
    this.#timers.push(
      setTimeout(() => {
        if (!this.#presented) this.close(closeCodes.policy, 'no token came in time');
      }, limits.firstMessageMs).unref(),
      setInterval(() => this.#ping(), limits.pingMs).unref(),
      setInterval(() => this.#later(() => this.#recheck()), limits.recheckMs).unref(),
    );
  }

  /** Closes the connection and says why. */
  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  #receive(data: RawData, isBinary: boolean): void {
    const message = readSocketMessage(data as Buffer, isBinary);
    if (this.#waiting < this.parts.limits.waitingMessages) this.#later(() => this.#answer(message));
    else this.close(closeCodes.policy, 'too many messages');
  }

  #later(work: () => Promise<void>): void {
    this.#waiting += 1;
    this.#turn = this.#turn
      .then(work)
      .catch((error: unknown) => {
        this.on.failure(error);
        this.close(closeCodes.tryAgain, 'this server has a fault; connect again');
      })
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  async #answer(message: SocketMessage | string): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) return;
    const workspaceId = typeof message === 'object' && 'workspace_id' in message ? message.workspace_id : null;
    try {
      if (typeof message === 'string') throw eventStreamErrors.invalidMessage({ params: { what: message } });
      await this.#act(message);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#send({
        type: 'error',
        code: error.code,
        message: error.message,
        ...(workspaceId && { workspace_id: workspaceId }),
      });
      if (!this.#presented) this.close(closeCodes.policy, 'a valid token must come first');
    }
  }

  #act(message: SocketMessage): Promise<void> {
    if (message.type === 'auth') return this.#authenticate(message.token);
    if (!this.#presented)
      throw eventStreamErrors.invalidMessage({ params: { what: 'The first message must be auth' } });
    return message.type === 'subscribe'
      ? this.#subscribe(this.#presented, message.workspace_id, message.last_event_id ?? null)
      : this.#unsubscribe(message.workspace_id);
  }

  async #authenticate(token: string): Promise<void> {
    if (this.#presented)
      throw eventStreamErrors.invalidMessage({ params: { what: 'This connection has a token already' } });
    const { presented, actor } = await this.parts.access.presentedBy(token, this.origin);
    this.#release = this.parts.slots.take(actor);
    // It may have gone while its token was looked up.
    if (this.socket.readyState !== this.socket.OPEN) return this.#release();
    this.#presented = presented;
    this.on.known();
    this.#send({ type: 'authenticated' });
  }

  async #subscribe(presented: Presented, workspaceRef: string, after: string | null): Promise<void> {
    const { feed, access, limits } = this.parts;
    const { workspaceId } = await access.admit(presented, workspaceRef);
    this.#drop(workspaceId);
    if (this.#subscriptions.size >= limits.subscriptions)
      throw eventStreamErrors.tooManySubscriptions({ params: { most: limits.subscriptions } });
    const sink = new SocketSink(this.socket, limits, (reason) => this.#ended(workspaceId, reason));
    const { cursor, unsubscribe } = await feed.subscribe(workspaceId, sink, after);
    this.#subscriptions.set(workspaceId, { ref: workspaceRef, sink, unsubscribe });
    if (this.socket.readyState !== this.socket.OPEN) this.#drop(workspaceId);
    this.#send({ type: 'subscribed', workspace_id: workspaceId, last_event_id: formatCursor(cursor) });
    sink.open();
  }

  async #unsubscribe(workspaceRef: string): Promise<void> {
    const named = [...this.#subscriptions].find(([id, { ref }]) => id === workspaceRef || ref === workspaceRef);
    const [workspaceId] = named ?? raise(eventStreamErrors.notSubscribed());
    this.#drop(workspaceId);
    this.#send({ type: 'unsubscribed', workspace_id: workspaceId });
  }

  #ended(workspaceId: string, reason: EndReason): void {
    this.#drop(workspaceId);
    if (reason === 'slow_consumer') this.close(closeCodes.tryAgain, 'slow_consumer');
    else if (reason === 'access_lost') this.#send({ type: 'unsubscribed', workspace_id: workspaceId, reason });
  }

  async #recheck(): Promise<void> {
    const presented = this.#presented;
    if (!presented) return;
    if (!(await this.parts.access.isStillKnown(presented))) return this.close(closeCodes.policy, 'access_lost');
    for (const workspaceId of [...this.#subscriptions.keys()])
      if (!(await this.parts.access.isStillAdmitted(presented, workspaceId))) this.#ended(workspaceId, 'access_lost');
  }

  // A peer that did not answer the last ping is gone.
  #ping(): void {
    if (this.#isAlive) this.socket.ping();
    else this.socket.terminate();
    this.#isAlive = false;
  }

  #drop(workspaceId: string): boolean {
    const subscription = this.#subscriptions.get(workspaceId);
    subscription?.sink.close();
    subscription?.unsubscribe();
    return this.#subscriptions.delete(workspaceId);
  }

  #leave(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const workspaceId of [...this.#subscriptions.keys()]) this.#drop(workspaceId);
    this.#release();
  }

  #send(message: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(JSON.stringify(message), () => undefined);
  }
}
