import { defineErrors } from '#kernel';

/** What can go wrong with channels. */
export const channelErrors = defineErrors('channel', {
  notFound: { kind: 'not_found', message: 'channel not found' },
  typeRequired: { kind: 'invalid', message: 'channel_type is required' },
  unsupportedType: { kind: 'invalid', message: 'unsupported channel_type: {type}' },
  invalidConfig: { kind: 'invalid', message: 'invalid channel config' },
  invalidAgent: { kind: 'invalid', message: 'agent_id is not an agent of this workspace' },
  typeTaken: { kind: 'conflict', message: 'the workspace has a channel of type {type} already' },
  disabled: { kind: 'conflict', message: 'channel is disabled' },
  budgetExceeded: { kind: 'rate_limited', message: 'channel budget exceeded' },
  sendFailed: { kind: 'upstream', message: 'send failed' },
  testFailed: { kind: 'upstream', message: 'test message failed' },
  registrationFailed: { kind: 'upstream', message: 'the platform did not take the webhook: {reason}' },
});

/** What can go wrong while the chats of a bot are looked for. */
export const discoveryErrors = defineErrors('channel_discovery', {
  unsupportedType: { kind: 'invalid', message: 'unsupported channel_type' },
  notSupported: { kind: 'invalid', message: 'discovery not supported for {type}' },
  invalidToken: {
    kind: 'invalid',
    message: 'Invalid bot token. Check the token from @BotFather and try again.',
  },
  connectedElsewhere: {
    kind: 'invalid',
    message:
      'This bot is already connected to another channel. Disconnect the existing channel first, or wait 30 seconds and retry.',
  },
  unreachable: {
    kind: 'upstream',
    message: 'Cannot reach Telegram API. Check your network connection and try again.',
  },
  failed: { kind: 'invalid', message: 'Failed to connect to Telegram. Check your bot token and try again.' },
});

/** What can go wrong with what a platform sends. Who is not the platform learns nothing but that. */
export const webhookErrors = defineErrors('webhook', {
  unknownType: { kind: 'not_found', message: 'unknown channel type' },
  notGenuine: { kind: 'unauthenticated', message: 'invalid signature' },
  unreadable: { kind: 'invalid', message: 'webhook parse failed' },
  githubNotConfigured: { kind: 'unavailable', message: 'github webhook secret is not configured' },
  githubNotGenuine: { kind: 'unauthenticated', message: 'invalid webhook signature' },
  missingWorkspace: { kind: 'invalid', message: 'missing workspace id' },
  workspaceNotFound: { kind: 'not_found', message: 'workspace not found' },
});
