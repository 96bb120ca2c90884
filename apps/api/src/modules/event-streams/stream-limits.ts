import { Injectable } from '@nestjs/common';

/** What streams are held to, SSE and WebSocket alike. Per process; tests shorten the times. */
@Injectable()
export class StreamLimits {
  /** A sign of life is sent this often. */
  pingMs = 15_000;
  /** What a caller may see is asked again this often; a token that was taken back ends its streams within this time. */
  recheckMs = 30_000;
  /** How much may be on its way to a reader before it gets no more. */
  bufferBytes = 1_048_576;
  /** How long a reader may take to make room before its stream is closed. */
  drainMs = 10_000;
  /** Streams of one caller: a session, a token. */
  perCaller = 20;
  /** Streams of everybody. */
  total = 2_000;
  /** WebSocket connections whose first message has not come yet. */
  strangers = 200;
  /** Of those, from one address (IPv6: from one /64 network). */
  strangersPerAddress = 20;
  /** How long that may take. */
  firstMessageMs = 5_000;
  /** Workspaces that one WebSocket connection may subscribe to. */
  subscriptions = 50;
  /** Messages that one connection may have waiting for their turn. */
  waitingMessages = 64;
}
