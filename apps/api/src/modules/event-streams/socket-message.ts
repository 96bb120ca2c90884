import { z } from 'zod';

const workspaceId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auth'), token: z.string().min(1).max(8_192) }),
  z.object({ type: z.literal('subscribe'), workspace_id: workspaceId, last_event_id: z.string().max(64).optional() }),
  z.object({ type: z.literal('unsubscribe'), workspace_id: workspaceId }),
]);

/** What a client may say on the WebSocket. */
export type SocketMessage = z.infer<typeof messageSchema>;

/** Reads a message; a sentence for what is none. */
export function readSocketMessage(data: Buffer, isBinary: boolean): SocketMessage | string {
  if (isBinary) return 'Messages are JSON texts, not binary';
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return 'The message is not valid JSON';
  }
  const message = messageSchema.safeParse(value);
  if (message.success) return message.data;
  const [issue] = message.error.issues;
  const member = issue?.path.join('.') ?? '';
  if (member === '' || member === 'type') return 'type must be one of auth, subscribe, unsubscribe';
  return `${member} is missing or has a wrong form`;
}
