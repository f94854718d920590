import { expect, test } from "./fixtures";
import { composer, message, open, pane, row, say, write } from "./inbox";
import { phoneOf, phones, sayFrom } from "./phones";

/** Of the demo's own network. */
const NORA = { name: "Nora Field", number: "+12025550143", words: "+1 202 555 0143" };
const TOM = { name: "Tom Reyes", number: "+447700900123", words: "+44 7700 900123" };

test("a text to a phone number goes to the phone, is confirmed, and its answer comes into the same conversation", async ({ enter }) => {
  const ann = await enter("ann");
  await ann.getByRole("button", { name: "New message" }).first().click();
  const dialog = ann.getByRole("dialog", { name: "New message" });
  await dialog.getByRole("combobox").fill("+1 (202) 555-0143");
  await dialog.getByRole("option", { name: `Send SMS to ${NORA.words}` }).click();
  await expect(dialog).toContainText("by SMS");
  await dialog.getByRole("button", { name: "Write" }).click();
  await expect(composer(ann)).toBeFocused();
  await expect(pane(ann)).toContainText(`As SMS to ${NORA.words}`);

  const outside = await phones(ann);
  const nora = phoneOf(outside, NORA);
  await say(ann, "Is the hut open on Saturday?");
  await expect(message(ann, "Is the hut open")).toContainText("Delivered to the phone");
  await expect(nora).toContainText("Ann Archer: Is the hut open on Saturday?");

  await sayFrom(nora, "From four on. I light the stove.");
  const answer = message(ann, "I light the stove.");
  await expect(answer).toBeInViewport();
  await expect(answer.locator("[data-strand=sms]").first()).toBeAttached();
  await expect(row(ann, NORA.words.replaceAll("+", "\\+"))).toContainText("I light the stove.");
  await expect(row(ann, NORA.words.replaceAll("+", "\\+"))).toContainText("SMS");
});

test("a text that begins with @ and a handle opens a conversation in Other; the answer moves it to Messages", async ({ enter }) => {
  const ben = await enter("ben", { at: "/f/other" });
  const outside = await phones(ben);
  await sayFrom(phoneOf(outside, TOM), "@ben Is the tent still for sale?");
  const tom = TOM.words.replaceAll("+", "\\+");
  await expect(row(ben, tom)).toContainText("Is the tent still for sale?");
  await open(ben, tom);
  await expect(message(ben, "Is the tent still for sale?")).not.toContainText("@ben");
  await say(ben, "It is. Come by on Sunday.");
  await expect(message(ben, "Come by on Sunday.")).toContainText("Delivered to the phone");
  await expect(phoneOf(outside, TOM)).toContainText("Come by on Sunday.");
  await ben.getByRole("link", { name: /^Messages/ }).click();
  await expect(row(ben, tom)).toContainText("Come by on Sunday.");
});

test("the composer counts segments, says why they are small, and warns before it is too much", async ({ enter }) => {
  const ann = await enter("ann");
  await write(ann, TOM.words);
  const line = ann.locator("#audience");
  await composer(ann).fill("On my way.");
  await expect(line).toHaveText(`As SMS to ${TOM.words}, US$0.0075`);
  await composer(ann).fill("a".repeat(200));
  await expect(line).toHaveText(`As SMS to ${TOM.words}, 2 segments, US$0.015`);
  await composer(ann).fill("Всё хорошо");
  await expect(line).toHaveText(`As SMS to ${TOM.words}, Unicode because of “В”, US$0.0075`);
  await composer(ann).fill(`“${"a".repeat(100)}”`);
  await line.getByRole("button", { name: "Use plain quotes and dashes: 1 segment" }).click();
  await expect(composer(ann)).toHaveValue(`"${"a".repeat(100)}"`);
  await expect(line).toHaveText(`As SMS to ${TOM.words}, US$0.0075`);
  await composer(ann).fill("a".repeat(1_600));
  await expect(line).toContainText("11 segments, US$0.0825, and at most 10 are sent");
  await composer(ann).press("Enter");
  await expect(message(ann, "aaaa")).toContainText("Not delivered: it is too long for SMS");
});

test("what the network does with a text is told in words, and its details are in the drawer", async ({ enter }) => {
  const zoe = await enter("zoe");
  const outside = await phones(zoe);
  const tom = phoneOf(outside, TOM);
  await tom.getByRole("button", { name: /^Network of Tom Reyes/ }).click();
  await outside.getByRole("menuitemcheckbox", { name: "Expired" }).click();
  await expect(tom.getByRole("button", { name: /^Network of Tom Reyes/ })).toContainText("Expired");
  await write(zoe, TOM.words);
  await say(zoe, "Are you there?");
  await expect(message(zoe, "Are you there?")).toContainText("Not delivered: the phone was off or out of reach for too long.");
  await message(zoe, "Are you there?").hover();
  await message(zoe, "Are you there?").getByRole("button", { name: "What to do with this message" }).click();
  await zoe.getByRole("menuitem", { name: "Details" }).click();
  const details = zoe.getByRole("complementary", { name: "Details" });
  await expect(details).toContainText("From+1 202 555 01");
  await expect(details).toContainText("1 segment");
  await expect(details).toContainText("Carrierdemo");
  await expect(details).toContainText("CostUS$0.0075");
});
