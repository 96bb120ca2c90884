export * from './agent-slugs.js';
export * from './chat-platform.js';
export * from './config-reading.js';
export { isSignedByApplication, readWebhookChat } from './discord/discord-inbound.js';
export * from './github/github-webhook.js';
export {
  type Inbound,
  type InboundClaim,
  type InboundMessage,
  type InboundRequest,
  type LocalCommand,
  UnreadableInbound,
} from './inbound.js';
export { idsOf } from './message-parts.js';
export type { PlatformAnswer, PlatformCall, PostVerdict } from './outbound.js';
export { chatPlatforms, findPlatform, platformOf } from './platforms.js';
export { isTelegramToken } from './telegram/telegram.js';
export { readTelegramResult, type TelegramResult, telegramCall } from './telegram/telegram-api.js';
export { type DiscoveredChat, readBot, readChats, readWebhookUrl } from './telegram/telegram-discovery.js';
