import { z } from 'zod';

/** What the job that sends an answer to its chat is told. */
export const replyJobSchema = z.object({
  workspaceId: z.string(),
  messageId: z.string(),
  /** `reply`: what the agent answered; `notice`: that it could not be reached; `post`: a text of our own. */
  what: z.enum(['reply', 'notice', 'post']),
  /** Parts that were sent already. */
  sent: z.int().nonnegative(),
  attempt: z.int().positive(),
});

/** One answer on its way. */
export type ReplyJob = z.infer<typeof replyJobSchema>;
