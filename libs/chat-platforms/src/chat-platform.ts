import type { JsonObject } from '#kernel';
import type { Inbound, InboundClaim, InboundRequest } from './inbound.js';
import type { PlatformAnswer, PlatformCall, PostVerdict } from './outbound.js';

/** The chat platforms that there are, by their name in the contract. */
export const platformTypes = ['discord', 'lark', 'slack', 'telegram'] as const;

/** One chat platform's name in the contract. */
export type PlatformType = (typeof platformTypes)[number];

/** One field of a channel's configuration, as a form shows it. */
export interface ConfigField {
  key: string;
  label: string;
  type: 'text' | 'password' | 'textarea';
  required: boolean;
  /** Whether the value is a secret: sealed where it is stored, masked where it is shown. */
  sensitive: boolean;
  placeholder?: string;
  help?: string;
}

/** A member of the configuration that is understood but that forms do not show. */
export interface FurtherField {
  key: string;
  sensitive: boolean;
}

/** The members of a channel's configuration, secrets opened. Lives only while a message is sent or verified. */
export type ChannelConfig = Readonly<Record<string, string>>;

/** What is wrong with one member of a configuration. The message never repeats the value. */
export interface ConfigFault {
  field: string;
  message: string;
}

/** Where the chat APIs are. Each without a trailing slash. */
export interface PlatformAddresses {
  telegramApiUrl: string;
  slackApiUrl: string;
}

/** One message part on its way to one target. */
export interface OutboundPart {
  target: string;
  text: string;
  /** False: send the text as it is, because the platform could not read its formatting. */
  formatted: boolean;
}

/** Everything that one chat platform does differently: data and pure functions, no network and no clock. */
export interface ChatPlatform {
  readonly type: PlatformType;
  readonly displayName: string;
  /** The fields of a form, in its order. */
  readonly configSchema: readonly ConfigField[];
  readonly furtherFields: readonly FurtherField[];
  /** Other names under which a member is taken: `{ channel: 'channel_id' }`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The first fault of a configuration that has every required member. */
  findFault(config: ChannelConfig): ConfigFault | null;
  /** Ids of the chats whose messages are taken; empty: any chat of the platform's app. */
  chatsOf(config: ChannelConfig): string[];
  /** Where a message to the channel goes. */
  targetsOf(config: ChannelConfig): string[];
  /** Where the answer to a message of a chat goes. */
  replyTargetOf(config: ChannelConfig, chatId: string): string;
  /** The text in the platform's own formatting, cut into messages that it takes. */
  partsOf(text: string): string[];
  /** The request that posts one part. */
  postOf(config: ChannelConfig, addresses: PlatformAddresses, part: OutboundPart): PlatformCall;
  /** What an answer to {@link postOf} means. */
  readAnswer(answer: PlatformAnswer): PostVerdict;
  /** The secret that a request carries openly, for finding its channel by; null: channels have to be tried. */
  inboundSecretOf(config: ChannelConfig): string | null;
  /** What a request says of itself, before anything of it is believed. */
  claimOf(request: InboundRequest): InboundClaim;
  /** Whether the request comes from the platform for this channel. Fails closed: without a key nothing is genuine. */
  isGenuine(request: InboundRequest, config: ChannelConfig): boolean;
  /** What a genuine request is about. @throws UnreadableInbound when it is none that the platform sends. */
  read(request: InboundRequest, config: ChannelConfig): Inbound;
  /** How the platform is told what became of a message; null: the plain status. */
  acknowledge(outcome: InboundOutcome, isCommand: boolean): JsonObject | null;
}

/** What became of an inbound message. */
export type InboundOutcome = 'accepted' | 'ignored' | 'no_channel' | 'unknown_agent';
