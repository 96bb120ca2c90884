// Generates the Prisma client from prisma/schema, without downloading an engine.
import { generateClient } from './lib/prisma-client.mjs';

generateClient();
console.log('generated the Prisma client');
