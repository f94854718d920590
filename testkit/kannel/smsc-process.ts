import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Smsc } from "@/server/bridges/sms/simulator/smsc";
import { systemClock, systemRandom } from "@/server/platform/system";
import { realTimers } from "@/server/platform/timers";
import { CLIENT } from "./client";

/**
 * Our simulated SMSC in a process that can be killed: `smsc-process.ts PORT FILE`. What it takes is in the file before it says so. A line it reads is a
 * text from a phone, and a line it writes one that was acknowledged.
 */
const [port = "0", file = ""] = process.argv.slice(2);
const smsc = await Smsc.start({
  ...{ accounts: { [CLIENT.systemId]: CLIENT.password }, clock: systemClock, timers: realTimers, random: systemRandom, remember: 0, port: Number(port) },
  behaviour: {
    submit: ({ fields }) => {
      appendFileSync(file, `${(fields.short_message as Buffer).toString("latin1")}\n`);
      return {};
    },
  },
});
process.stdout.write("serves\n");
for await (const text of createInterface({ input: process.stdin }))
  void smsc.phone(CLIENT.systemId, { from: "12025550143", to: "12025550101", parts: [Buffer.from(text)] }).then(() => process.stdout.write(`${text}\n`));
