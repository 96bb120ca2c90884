import { type LocalCommand } from '#chat-platforms';
import { unreachable } from '#kernel';

/** What a command is answered without the agent. */
export function localAnswerOf(command: LocalCommand): string {
  switch (command) {
    case 'start':
      return 'Hello! Write here and the agent answers. /help lists the commands.';
    case 'help':
      return '/start says what this is\n/help lists the commands\n/reset makes the agent forget the conversation so far';
    case 'reset':
      return 'The conversation begins anew.';
    default:
      return unreachable(command);
  }
}
