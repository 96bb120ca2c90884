import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ScheduleConversations } from '../schedules/schedule-conversations.service.js';
import { ChannelPostsService } from './channel-posts.service.js';

/** Has schedules read what was said in the workspace's Slack channel, and answer there. */
@Injectable()
export class ScheduleTalkService implements OnModuleInit {
  constructor(
    private readonly conversations: ScheduleConversations,
    private readonly posts: ChannelPostsService,
  ) {}

  onModuleInit(): void {
    this.conversations.register({
      contextsOf: (workspaceIds) => this.posts.contextsOf(workspaceIds),
      answered: ({ workspaceId, text }) => this.posts.postToSlack(workspaceId, text),
    });
  }
}
