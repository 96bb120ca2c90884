// `npm run demo:composio`: from a Composio key to an agent that has one app, and may only read in it. Composio is a stub on
// this machine's loopback, which also plays the person who consents.
import { tellComposioStory } from './composio-story.mjs';
import { perform } from './perform.mjs';

await perform(tellComposioStory);
