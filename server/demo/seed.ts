import { IdMinter } from "@/domain/id";
import type { ServerDeps } from "../assemble";
import { noWay } from "../delivery/outside-step";
import { createMessaging } from "../messaging";
import { DEMO_PEOPLE } from "../people/demo";
import type { PeopleParts } from "../people-parts";
import { isPlayed, playDemo } from "./play";

/** Brings the demo people and their week into an empty Braid; in one that has them, or people of its own, it changes nothing. */
export async function seedDemo(deps: ServerDeps, people: PeopleParts): Promise<void> {
  const ids = await people.seedDemo();
  if (ids.size < DEMO_PEOPLE.length) return; // people of its own, or demo people who have changed their handles since
  let now = deps.clock();
  const clock = () => now;
  const messaging = createMessaging({
    store: deps.store,
    directory: people.directory,
    domain: deps.settings.domain,
    mint: new IdMinter(clock, deps.random),
    clock,
    timers: deps.timers,
    random: deps.random,
    patience: 0,
    token: () => Buffer.from(deps.random(12)).toString("base64url"),
    mailOut: { ...noWay("email", ""), send: async () => ({ reason: "accepted-by-relay", detail: "sent before you came" }) },
    smsOut: noWay("sms", ""),
    announce: () => {},
    events: { committed() {}, delivered() {}, sentOutside() {}, mailReceived() {}, textReceived() {}, deliveryStumbled() {}, archivingStumbled() {} },
  });
  const idOf = (handle: string): string => {
    const id = ids.get(handle);
    if (id === undefined) throw new Error(`The demo has nobody called ${handle}.`);
    return id;
  };
  const setClock = (time: number): void => {
    now = time;
  };
  const stage = { messaging, blobs: deps.blobs, mint: new IdMinter(clock, deps.random), clock, setClock, idOf };
  if (!(await isPlayed(stage))) await playDemo(stage, deps.clock());
  await messaging.deliverer.stop();
  await messaging.archiver.stop();
}
