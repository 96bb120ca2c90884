import type { ChatPlatform, PlatformType } from './chat-platform.js';
import { discord } from './discord/discord.js';
import { lark } from './lark/lark.js';
import { slack } from './slack/slack.js';
import { telegram } from './telegram/telegram.js';

const byType: Readonly<Record<PlatformType, ChatPlatform>> = { discord, lark, slack, telegram };

/** Every platform, by its display name. */
export const chatPlatforms: readonly ChatPlatform[] = Object.values(byType).sort((left, right) =>
  left.displayName < right.displayName ? -1 : 1,
);

/** The platform of a name, or null where there is none. */
export function findPlatform(type: string): ChatPlatform | null {
  return chatPlatforms.find((platform) => platform.type === type) ?? null;
}

/** The platform of a stored channel. */
export function platformOf(type: PlatformType): ChatPlatform {
  return byType[type];
}
