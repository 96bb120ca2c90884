import { ChannelResponse } from './channel.response.js';

/** A channel with what only its own page needs. */
export class ChannelDetailResponse extends ChannelResponse {
  /** Address that the platform is to send messages to. It holds no secret. */
  webhook_url: string;
}
