import { Injectable } from '@nestjs/common';

/** What an agent answered to a schedule. */
export interface ScheduleAnswer {
  workspaceId: string;
  scheduleId: string;
  scheduleName: string;
  runId: string;
  /** Its beginning: 500 characters at most, never empty. */
  text: string;
}

/** Where a workspace's people talk with their agents: a feature that has such places registers itself. */
export interface ScheduleConversation {
  /**
   * What was said lately, to go before the prompts of these workspaces; those without are left out. A constant number of
   * statements, inside the transaction that fires.
   */
  contextsOf(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The agent answered. Inside the transaction that settles: nothing but the database may be touched, a job can be added. */
  answered(answer: ScheduleAnswer): Promise<void>;
}

/** Shows schedules to the feature that holds conversations, if there is one. */
@Injectable()
export class ScheduleConversations {
  #conversation: ScheduleConversation | null = null;

  /** One, in `onModuleInit`. @throws Error for a second one: that is a fault of the program. */
  register(conversation: ScheduleConversation): void {
    if (this.#conversation) throw new Error('the conversations of schedules are registered twice');
    this.#conversation = conversation;
  }

  /** What goes before prompts, by workspace. */
  async contextsOf(workspaceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return (await this.#conversation?.contextsOf(workspaceIds)) ?? new Map();
  }

  /** Passes an answer on. */
  async answered(answer: ScheduleAnswer): Promise<void> {
    await this.#conversation?.answered(answer);
  }
}
