// `npm run demo:oauth`: from the URL of a protected MCP server to its tool list, fetched with a token. The one manual
// step, the approval, is a click that Chromium makes.
import { findChromium } from '../test/browser/chromium.fixture.ts';
import { tellConnectStory } from './connect-story.mjs';
import { perform } from './perform.mjs';

await perform(tellConnectStory, { check: findChromium });
