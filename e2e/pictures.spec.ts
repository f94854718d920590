import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FakeTwilio } from "../testkit/twilio/fake-twilio";
import { type Braid, startBraid } from "./braid";
import { expect, test } from "./fixtures";
import { message, open, pane, row, say, write } from "./inbox";
import { sendMail } from "./outside";

const [NORA, OURS] = ["+12025550143", "+12025550101"];
const PICTURE = readFileSync("docs/images/inbox.png");
const dir = mkdtempSync(path.join(tmpdir(), "braid-carriers-"));
let twilio: FakeTwilio;
let braid: Braid;
test.beforeAll(async () => {
  twilio = await FakeTwilio.start();
  const { base, sid, token } = twilio.account;
  const carriers = path.join(dir, "carriers.json");
  const url = base.replace("//", `//${sid}:${encodeURIComponent(token)}@`);
  writeFileSync(carriers, JSON.stringify([{ name: "fake", url, numbers: [OURS], prices: { "+": 0.0079 } }]));
  braid = await startBraid({ env: { SMS_CARRIERS: carriers } });
});
test.afterAll(async () => {
  await braid.stop();
  await twilio.close();
  rmSync(dir, { recursive: true });
});

test("a picture from a phone: on its way, then in its place without moving what is below, opened by keyboard; a bad one is said", async ({ enter }) => {
  // A file that is opened runs nothing, not even what playwright would look at it with.
  const ann = await enter("ann", { of: braid, mayComplain: /^Blocked script execution in .*\/api\/files\// });
  await write(ann, "+1 202 555 0143");
  await say(ann, "What does it look like?");
  await expect.poll(() => twilio.messages.length).toBe(1);
  const url = twilio.keep({ type: "image/png", status: 503 });
  const page = twilio.keep({ type: "image/svg+xml", body: "<svg onload='alert(1)'/>" });
  await twilio.write(`${braid.url}/api/sms/fake/message`, { from: NORA, to: OURS, text: "Like this", media: [url, page] });
  const answer = message(ann, "Like this");
  await expect(answer).toContainText("A picture is on its way.");
  await expect(answer).toContainText("A picture was a page that runs in a browser, and was not taken.");

  twilio.keep({ type: "image/png", body: PICTURE }, url);
  const picture = answer.getByRole("img", { name: "Picture from +1 202 555 0143" });
  await expect(picture).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth])).toEqual([true, 1440]);
  const box = await picture.boundingBox();
  expect(Math.round(((box?.width ?? 0) / (box?.height ?? 1)) * 10)).toBe(16);

  const link = answer.getByRole("link", { name: "Picture from +1 202 555 0143" });
  await link.focus();
  const [whole] = await Promise.all([ann.waitForEvent("popup"), ann.keyboard.press("Enter")]);
  await expect.poll(() => whole.evaluate(() => document.contentType)).toBe("image/png");
});

test("a picture without words leads the conversation in the list, and its room is kept while it loads", async ({ enter }) => {
  const ben = await enter("ben", { of: braid });
  await write(ben, "+1 202 555 0144");
  await say(ben, "Send it, please");
  await expect.poll(() => twilio.messages.length).toBe(2);
  await ben.route("**/api/files/**", () => {}); // never answered
  const media = [twilio.keep({ type: "image/png", body: PICTURE })];
  await twilio.write(`${braid.url}/api/sms/fake/message`, { from: "+12025550144", to: OURS, text: "", media });
  await expect(row(ben, "\\+1 202 555 0144")).toContainText("Picture");
  const picture = pane(ben).getByRole("img", { name: /^Picture from/ });
  await expect(picture).toHaveCount(1);
  expect(await picture.boundingBox()).toMatchObject({ width: 320, height: 200 });
});

test("an attachment of a mail is saved under its name", async ({ enter }) => {
  const zoe = await enter("zoe", { of: braid, at: "/f/other" });
  const attachments = [{ filename: "Übersicht.pdf", content: "%PDF-1.7 plan", contentType: "application/pdf" }];
  await sendMail(braid, { from: '"Otto Outside" <otto@farm.example>', to: "zoe@braid.localhost", subject: "Plan", text: "Here it is.", attachments });
  await open(zoe, "Otto Outside");
  const [saved] = await Promise.all([
    zoe.waitForEvent("download"),
    message(zoe, "Here it is.")
      .getByRole("link", { name: /Übersicht\.pdf/ })
      .click(),
  ]);
  expect(saved.suggestedFilename()).toBe("Übersicht.pdf");
  expect(readFileSync((await saved.path()) ?? "", "utf8")).toBe("%PDF-1.7 plan");
});
