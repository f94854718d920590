import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import type { Device } from "@/testkit/client";
import { FakeTwilio } from "@/testkit/twilio/fake-twilio";
import { bootWorld, type World } from "@/testkit/world";

const [NORA, OURS] = ["+12025550143", "+12025550101"];
const PNG = Buffer.from("89504e470d0a1a0a0000000d494844520000028000000 1e00802000000".replace(" ", ""), "hex");
let world: World;
let twilio: FakeTwilio;
let ann: Device;
let thread: Thread;
beforeEach(async () => {
  twilio = await FakeTwilio.start();
  const prices = new Map([["+", { micros: 7_900, currency: "USD" }]]);
  world = await bootWorld({ sms: { carriers: [{ kind: "twilio", name: "fake", account: twilio.account, numbers: [OURS], prices }] } });
  ann = await world.device("ann");
  thread = (await ann.mutate<{ thread: Thread }>("thread.start", { people: [NORA, "ben"], maker: "start-pictures" })).thread;
  await ann.mutate("message.send", { threadId: thread.id, text: "Show me", clientId: "client-pictures" });
  await expect.poll(() => twilio.messages.length, { timeout: 20_000 }).toBe(1);
});
afterEach(async () => {
  await world.close();
  await twilio.close();
});

const write = (text: string, ...media: string[]) => twilio.write(`${world.url}/api/sms/fake/message`, { from: NORA, to: OURS, text, media });
const lastOf = async (device: Device): Promise<Message | undefined> =>
  (await device.query<{ messages: Message[] }>("thread.messages", { threadId: thread.id, limit: 50 })).messages.at(-1);
const last = () => lastOf(ann);
const files = async () => (await last())?.files;
const fetchFile = (handle: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/api/files/${path}`, { headers: { cookie: world.cookie(handle), ...headers } });

test("a picture comes after its words, to everybody in the conversation, and is fetched once", async () => {
  const [picture, clip] = [twilio.keep({ type: "image/jpeg", body: PNG }), twilio.keep({ type: "video/mp4", body: "moving" })];
  expect((await write("Look", picture, clip)).status).toBe(200);
  await world.settle();
  const expected = [
    { name: "picture-1.png", type: "image/png", width: 640, height: 480, bytes: PNG.length, key: expect.any(String) },
    { name: "video-2.mp4", type: "video/mp4", bytes: 6, key: expect.any(String) },
  ];
  const mine = await last();
  expect(mine).toMatchObject({ text: "Look", from: `tel:${NORA}` });
  expect(mine?.files).toEqual(expected);
  expect((await lastOf(await world.device("ben")))?.files).toEqual(mine?.files);
  expect([...twilio.fetches.values()]).toEqual([1, 1]);
  const told = () => ann.entries.map(({ action }) => action.type).filter((type) => type.endsWith("Arrived"));
  await expect.poll(told).toEqual(["MessageArrived", "FileArrived", "FileArrived"]);
});

test("without words it is still a message; a picture that is not there yet is asked for again", async () => {
  const url = twilio.keep({ type: "image/png", status: 404 });
  await write("", url);
  await world.settle();
  expect(await last()).toMatchObject({ text: "", files: [{ name: "picture-1.png", type: "image/png" }] });
  twilio.keep({ type: "image/png", body: PNG }, url);
  await expect.poll(files, { timeout: 20_000 }).toMatchObject([{ key: expect.any(String), width: 640 }]);
  expect(twilio.fetches.get(url)).toBe(2);
});

test("what is hostile is not taken, does not hold up the others, and is said", async () => {
  const secret = createServer((_req, res) => res.end(PNG));
  await new Promise<void>((resolve) => secret.listen(0, "127.0.0.1", resolve));
  const inner = `http://127.0.0.1:${(secret.address() as AddressInfo).port}/`;
  const media = [
    twilio.keep({ type: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>" }),
    twilio.keep({ type: "image/png", body: "<html><script>alert(1)</script></html>" }),
    twilio.keep({ type: "image/png", body: "not a picture" }),
    twilio.keep({ type: "image/png", endless: true }),
    twilio.keep({ type: "image/png", location: inner }),
    inner,
    "file:///etc/passwd",
    twilio.keep({ type: "image/png", body: PNG }),
  ];
  await write("Look", ...media);
  await world.settle();
  expect((await files())?.map(({ lost, key }) => lost ?? typeof key)).toEqual([
    ...["unsafe", "unsafe", "not-a-picture", "too-large", "refused", "refused", "refused"],
    "string",
  ]);
  secret.close();
});

test("a picture is for who has the message, whole or in part, and nothing else of it is", async () => {
  await write("Look", twilio.keep({ type: "image/png", body: PNG }), twilio.keep({ type: "text/html", body: "MZ binary" }));
  await world.settle();
  const id = (await last())?.id;
  const path = `${thread.id}/${id}/0`;
  const whole = await fetchFile("ann", path);
  expect([whole.status, Buffer.from(await whole.arrayBuffer())]).toEqual([200, PNG]);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition": `inline; filename="picture-1.png"; filename*=UTF-8''picture-1.png`,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=86400",
    vary: "cookie",
  });
  const part = await fetchFile("ann", path, { range: "bytes=1-3" });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, `bytes 1-3/${PNG.length}`, "PNG"]);
  expect((await fetchFile("ann", path, { "if-none-match": whole.headers.get("etag") ?? "" })).status).toBe(304);
  const other = await fetchFile("ann", `${thread.id}/${id}/1`);
  expect([other.headers.get("content-type"), other.headers.get("content-disposition")?.slice(0, 10)]).toEqual(["application/octet-stream", "attachment"]);
  expect((await fetchFile("ben", path)).status).toBe(200);
  for (const [handle, place, status] of [
    ["ann", `${thread.id}/${id}/2`, 404],
    ["ann", `${thread.id}/${thread.id}/0`, 404],
    ["ann", `${id}/${id}/0`, 404],
    ["ann", `${thread.id}/${id}/..%2f0`, 404],
    ["nobody", path, 401],
  ] as const)
    expect((await fetchFile(handle, place)).status, place).toBe(status);
  expect((await fetchFile("ann", path, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  await ann.mutate("message.delete", { threadId: thread.id, messageId: id, maker: "delete-picture" });
  expect((await fetchFile("ann", path)).status).toBe(404);
});
