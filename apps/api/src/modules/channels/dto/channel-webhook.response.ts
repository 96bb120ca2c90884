/** Where a platform sends messages to. */
export class ChannelWebhookResponse {
  /** Address that the platform is to send messages to. It holds no secret. */
  webhook_url: string;

  /** Whether the platform was told just now. */
  registered: boolean;

  /** What is left to do by hand. */
  instructions: string;
}
