// `npm run demo`: the product and a real MCP server on this machine's loopback, driven through the public API only.
// Everything lives in a folder of its own and is gone afterwards.
import { perform } from './perform.mjs';
import { tellStory } from './story.mjs';

await perform(tellStory);
