// `npm run demo:oauth`: from the URL of a protected MCP server to its tool list, fetched with a token. The one manual
// step, the approval, is a click that Chromium makes.

import { tellConnectStory } from './connect-story.mjs';
import { perform } from './perform.mjs';

await perform(tellConnectStory);
