/** `npm run day`: 24 hours of watching, of which the suite has one. */
import { startVitest } from 'vitest/node';

process.env.DAY_OF_WATCHING = '1';
const vitest = await startVitest(['test/day'], { project: 'unit', watch: false });
await vitest.close();
