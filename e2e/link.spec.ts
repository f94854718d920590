import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { message, open, row, say, textsOf } from "./inbox";
import { sendMail } from "./outside";
import { phoneOf, phones, sayFrom } from "./phones";

/** Of the demo's own network. */
const ANN = { name: "Ann Archer", number: "+12025550187", words: "+1 202 555 0187" };
const BEN = { name: "Ben Brook", number: "+353870000042", words: "+353 87 000 0042" };
const TOM = { name: "Tom Reyes", number: "+447700900123", words: "+44 7700 900123" };

/** What browsers say of a number or a code that is none. */
const SAID_NO = /the server responded with a status of 400/;

const section = (page: Page): Locator => page.getByRole("region", { name: "Phones", exact: true });

/** What a phone shows of a code, once it is there. */
async function codeOn(phone: Locator): Promise<string> {
  const text = phone.getByText(/Braid code/).last();
  await expect(text).toBeVisible();
  return /\d[\d ]{4,}\d/.exec((await text.textContent()) ?? "")?.[0] as string;
}

/** Links by texting F, which needs no number typed. */
async function linkByF(settings: Page, phone: Locator): Promise<void> {
  await section(settings).getByRole("button", { name: "Or text F from the phone" }).click();
  await expect(section(settings)).toContainText("Text F to +1 202 555 010");
  await sayFrom(phone, "F");
  await section(settings)
    .getByRole("textbox", { name: "Code that came back" })
    .fill(await codeOn(phone));
  await section(settings).getByRole("button", { name: "Link", exact: true }).click();
}

test("a phone is linked by the code that Braid texts to it, and unlinked when one says so twice", async ({ enter }) => {
  const ann = await enter("ann", { at: "/settings", mayComplain: SAID_NO });
  const phone = phoneOf(await phones(ann), ANN);
  const number = section(ann).getByRole("textbox", { name: "Link a phone" });
  await number.fill("202 555");
  await number.press("Enter");
  await expect(section(ann)).toContainText("Write the number with its country code");
  await number.fill("+1 (202) 555-0187");
  await number.press("Enter");
  await expect(section(ann).getByRole("listitem").filter({ hasText: ANN.words })).toContainText("Waiting");
  const code = section(ann).getByRole("textbox", { name: "Code we texted" });
  await code.fill("000000");
  await code.press("Enter");
  await expect(section(ann)).toContainText("That code is not right, or it is too old.");
  await code.fill(await codeOn(phone));
  await code.press("Enter");
  await expect(section(ann).getByRole("listitem").filter({ hasText: ANN.words })).toContainText("Linked");

  await section(ann)
    .getByRole("button", { name: `Unlink ${ANN.words}` })
    .click();
  await ann.getByRole("dialog", { name: "Unlink this phone?" }).getByRole("button", { name: "Unlink" }).click();
  await expect(section(ann).getByRole("listitem")).toHaveCount(0);
});

test("F from a phone links it; then one conversation shows chat, mail and SMS of one person, in their order", async ({ enter, braid }) => {
  const ann = await enter("ann");
  const ben = await enter("ben", { at: "/settings" });
  const outside = await phones(ben);
  const phone = phoneOf(outside, BEN);
  await linkByF(ben, phone);
  await expect(section(ben).getByRole("listitem").filter({ hasText: BEN.words })).toContainText("Linked");

  await ben.goto("/");
  await open(ben, "Ann Archer");
  await say(ben, "Way one: by chat");
  await open(ann, "Ben Brook");
  await expect(message(ann, "Way one: by chat")).toBeInViewport();
  await sendMail(braid, { from: '"Ben Brook" <ben@example.org>', to: "ann@braid.localhost", subject: "Ways", text: "Way two: by mail" });
  await expect(message(ann, "Way two: by mail")).toBeInViewport();
  await sayFrom(phone, "@ann Way three: by SMS");
  await expect(message(ann, "Way three: by SMS")).toBeInViewport();
  await sayFrom(phone, "Way four: by SMS too");
  await expect(message(ann, "Way four: by SMS too")).toBeInViewport();

  // The same order on both screens, in one conversation each, with the sign of the channel on every message.
  const ways = ["Way one: by chat", "Way two: by mail", "Way three: by SMS", "Way four: by SMS too"];
  for (const page of [ann, ben]) {
    await expect.poll(() => textsOf(page, /^Way /)).toEqual(ways);
    for (const [at, channel] of (["chat", "email", "sms", "sms"] as const).entries())
      await expect(
        message(page, ways[at] as string)
          .locator("[data-strand]")
          .last(),
      ).toHaveAttribute("data-strand", channel);
    await expect(message(page, "Way two")).toContainText("E-mailWays");
    await expect(message(page, "Way three").getByText("SMS", { exact: true }).last()).toBeVisible();
    await expect(row(page, page === ann ? "Ben Brook" : "Ann Archer")).toHaveCount(1);
  }
  await expect(row(ann, "Ben Brook").locator("[data-knot]").last()).toHaveAttribute("data-knot", "sms");
  await expect(message(ben, "Way four: by SMS too")).toContainText(/Delivered|Read by Ann/);
});

test("a phone that said STOP gets no code, and Settings say what to do", async ({ enter }) => {
  const zoe = await enter("zoe", { at: "/settings", mayComplain: SAID_NO });
  const phone = phoneOf(await phones(zoe), TOM);
  await sayFrom(phone, "STOP");
  await expect(phone).toContainText("You will get no more messages");
  await section(zoe).getByRole("textbox", { name: "Link a phone" }).fill(TOM.number);
  await section(zoe).getByRole("button", { name: "Send code" }).click();
  await expect(section(zoe)).toContainText("asked to get no messages from Braid. Text START from it");
  await expect(section(zoe).getByRole("listitem")).toHaveCount(0);
  await sayFrom(phone, "START");
  await expect(phone).toContainText("Reply STOP to end them");
});
