import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "@/domain/message";
import type { Thread } from "@/domain/thread";
import { bootWorld, type World } from "@/testkit/world";

const PNG = Buffer.from("89504e470d0a1a0a0000000d4948445200000280000001e00802000000", "hex");
const TEXT = "0123456789";
let world: World;
let path: string;
beforeAll(async () => {
  world = await bootWorld();
  const attachments = [
    { filename: 'a "ü"\u202e\r\n/.txt', content: TEXT, contentType: "text/plain" },
    { filename: "page.html", content: "<script>alert(1)</script>", contentType: "text/html" },
    { filename: "photo.jpg", content: PNG, contentType: "image/jpeg" },
    { filename: "drawing.svg", content: "<svg onload='alert(1)'/>", contentType: "image/svg+xml" },
    { filename: "empty", content: Buffer.alloc(0), contentType: "application/pdf" },
  ];
  await world.mail({ from: "zoe@outside.test", to: "ann@braid.test", subject: "Files", text: "Here", attachments });
  await world.settle();
  const ann = await world.device("ann");
  const { threads } = await ann.query<{ threads: Thread[] }>("thread.list", { folder: "other", limit: 10 });
  const threadId = threads[0]?.id;
  const { messages } = await ann.query<{ messages: Message[] }>("thread.messages", { threadId, limit: 10 });
  path = `${threadId}/${messages[0]?.id}`;
  ann.close();
});
afterAll(() => world.close());

const open = (place: string, headers: Record<string, string> = {}, more: RequestInit = {}) =>
  fetch(`${world.url}/api/files/${path}/${place}`, { ...more, headers: { cookie: world.cookie("ann"), ...headers } });

test.each([
  ["0", "application/octet-stream", `attachment; filename="a ___ _.txt"; filename*=UTF-8''a%20%22%C3%BC%22%20_.txt`, TEXT],
  ["1", "application/octet-stream", `attachment; filename="page.html"; filename*=UTF-8''page.html`, "<script>alert(1)</script>"],
  ["2", "image/png", `inline; filename="photo.jpg"; filename*=UTF-8''photo.jpg`, PNG.toString()],
  ["2?save", "image/png", `attachment; filename="photo.jpg"; filename*=UTF-8''photo.jpg`, PNG.toString()],
  ["3", "application/octet-stream", `attachment; filename="drawing.svg"; filename*=UTF-8''drawing.svg`, "<svg onload='alert(1)'/>"],
  ["4", "application/octet-stream", `attachment; filename="empty"; filename*=UTF-8''empty`, ""],
])("attachment %s of a mail is given as %s", async (place, type, disposition, body) => {
  const answer = await open(place);
  expect([answer.status, answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([200, type, disposition]);
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(body);
});

test.each([
  ["bytes=0-0", 206, "0", "bytes 0-0/10"],
  ["bytes=7-", 206, "789", "bytes 7-9/10"],
  ["bytes=-4", 206, "6789", "bytes 6-9/10"],
  ["bytes=-99", 206, TEXT, "bytes 0-9/10"],
  ["bytes=5-999999", 206, "56789", "bytes 5-9/10"],
  ["bytes=10-", 416, "", "bytes */10"],
  ["bytes=-0", 416, "", "bytes */10"],
  ["bytes=3-2", 200, TEXT, null],
  ["bytes=0-1,4-5", 200, TEXT, null],
  ["lines=0-1", 200, TEXT, null],
  ["bytes=-", 200, TEXT, null],
])("%s", async (range, status, body, contentRange) => {
  const answer = await open("0", { range });
  expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([status, body, contentRange]);
});

test("a range of something else is not given, and HEAD gives no bytes", async () => {
  const etag = (await open("0")).headers.get("etag") ?? "";
  expect((await open("0", { range: "bytes=0-0", "if-range": etag })).status).toBe(206);
  expect((await open("0", { range: "bytes=0-0", "if-range": '"other"' })).status).toBe(200);
  const head = await open("0", { range: "bytes=0-0" }, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
});

test("nobody else is given anything, nor is what does not exist", async () => {
  for (const [place, headers, status] of [
    ["0", { cookie: "" }, 401],
    ["0", { cookie: world.cookie("ben") }, 404],
    ["0", { "sec-fetch-site": "cross-site" }, 403],
    ["5", {}, 404],
    ["999", {}, 404],
    ["1000", {}, 404],
    ["0/0", {}, 404],
    ["-1", {}, 404],
  ] as const)
    expect((await open(place, headers)).status, place).toBe(status);
  expect((await open("0", {}, { method: "POST" })).status).toBe(405);
});
