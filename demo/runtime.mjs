// `npm run demo:runtime`: an agent that runs elsewhere is sent a scheduled prompt and a chat message, answers both, asks for an
// approval and gets it; then its workspace moves to a second instance as one file. Agent and Telegram are on this machine's
// loopback: the agent is made with A2A's own SDK, Telegram is a stub.
import { perform } from './perform.mjs';
import { tellRuntimeStory } from './runtime-story.mjs';

await perform(tellRuntimeStory);
