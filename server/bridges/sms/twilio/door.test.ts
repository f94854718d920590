import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TestTime } from "@/testkit/messaging";
import { smsDoor } from "./door";
import type { Webhook } from "./network";

let time: TestTime;
let http: Server;
let heard: Webhook[];
let outcome: () => Promise<"taken" | "forged" | "unreadable">;
let refused: string[];
beforeEach(async () => {
  [time, heard, refused, outcome] = [new TestTime(), [], [], async () => "taken"];
  const hear = (webhook: Webhook) => {
    heard.push(webhook);
    return outcome();
  };
  const door = smsDoor({ networks: new Map([["fake", { hear }]]), url: "https://braid.example.org", timers: time, refused: (path) => refused.push(path) });
  http = createServer((req, res) => void door(req, res).catch(() => res.writeHead(500).end()));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  http.closeAllConnections();
  http.close();
});

const port = () => (http.address() as AddressInfo).port;
const post = (path: string) => fetch(`http://127.0.0.1:${port()}${path}`, { method: "POST", body: "A=1&A=2", headers: { "x-twilio-signature": "signed" } });

/** Sends the beginning of a request whose body does not come; resolves to the answer, once the connection is closed. */
async function half(): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port(), "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(answer)));
  const came = new Promise((resolve) => http.once("request", resolve));
  socket.write("POST /api/sms/fake/message HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nBody=");
  await came;
  return { socket, answer: closed };
}

test("a webhook is heard with the URL the carrier was given, and answered when it is durable", async () => {
  let durable = (): void => {};
  outcome = () => new Promise((resolve) => (durable = () => resolve("taken")));
  let answered = false;
  const answer = post("/api/sms/fake/message?x=%2F&y=a+b").finally(() => {
    answered = true;
  });
  await expect.poll(() => heard.length).toBe(1);
  expect(answered).toBe(false);
  durable();
  expect((await answer).status).toBe(200);
  expect(heard).toMatchObject([{ about: "message", url: "https://braid.example.org/api/sms/fake/message?x=%2F&y=a+b", signature: "signed" }]);
  expect(heard[0]?.form.getAll("A")).toEqual(["1", "2"]);
});

test("what is forged, unreadable or not kept is answered with nothing but a status", async () => {
  const answers: unknown[] = [];
  for (const next of [async () => "forged", async () => "unreadable", () => Promise.reject(new Error("the disk is full"))]) {
    outcome = next as typeof outcome;
    const answer = await post("/api/sms/fake/status");
    answers.push([answer.status, await answer.text()]);
  }
  expect(answers).toEqual([
    [403, ""],
    [400, ""],
    [500, ""],
  ]);
  expect(refused).toEqual(["/api/sms/fake/status"]);
  for (const path of ["/api/sms/fake", "/api/sms/fake/other", "/api/sms/fake/message/more", "/api/sms//message", "/api/sms/none/message"])
    expect((await post(path)).status).toBe(404);
});

test("a body that does not come is not waited for, and one that breaks off leaves nothing behind", async () => {
  const slow = await half();
  time.advance(10_000);
  expect(await slow.answer).toMatch(/^HTTP\/1\.1 408 /);
  const broken = await half();
  broken.socket.destroy();
  await broken.answer;
  expect(heard).toEqual([]);
  expect((await post("/api/sms/fake/message")).status).toBe(200);
});
