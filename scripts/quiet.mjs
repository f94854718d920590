/** `npm run test:quiet`: the tests that need the machine to themselves (see vitest.config.ts), on every system alike. */
process.env.QUIET = "1";
const { startVitest } = await import("vitest/node");
const vitest = await startVitest("test", [], { run: true });
await vitest.close();
