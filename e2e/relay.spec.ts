import { type Braid, startBraid } from "./braid";
import { expect, test } from "./fixtures";
import { message, open, row, say, write } from "./inbox";
import { type MailServer, mailServer, sendMail } from "./outside";

let server: MailServer;
let braid: Braid;
test.beforeAll(async () => {
  server = await mailServer();
  braid = await startBraid({ env: { SMTP_RELAY_URL: server.url } });
});
test.afterAll(async () => {
  await braid.stop();
  await server.close();
});

test("an answer leaves by the mail server with the right headers, and the reply to it comes home", async ({ enter }) => {
  const ann = await enter("ann", { of: braid, at: "/f/other" });
  const asked = await sendMail(braid, {
    from: '"Otto Outside" <otto@farm.example>',
    to: "ann@braid.localhost",
    subject: "Hay for the hut",
    text: "How many bales do you need?",
  });
  await open(ann, "Otto Outside");
  await expect(ann.locator("#audience")).toHaveText("As e-mail to otto@farm.example, from ann@braid.localhost");
  await say(ann, "Six, please.\nThe small ones.");
  await expect(message(ann, "Six, please.")).toContainText("Sent as e-mail");

  await expect.poll(() => server.mails.length).toBe(1);
  const answer = server.mails[0]!;
  expect(answer).toMatchObject({
    from: { name: "Ann Archer", address: "ann@braid.localhost" },
    to: [{ address: "otto@farm.example" }],
    subject: "Re: Hay for the hut",
    inReplyTo: asked,
    messageId: expect.stringMatching(/^<[^<>@\s]+@braid\.localhost>$/),
    references: expect.stringContaining(asked),
  });
  expect(answer.text?.trim()).toBe("Six, please.\nThe small ones.");

  await sendMail(braid, {
    from: '"Otto Outside" <otto@farm.example>',
    to: "ann@braid.localhost",
    subject: "Re: Hay for the hut",
    inReplyTo: answer.messageId,
    references: `${asked} ${answer.messageId}`,
    text: "I bring them on Friday.\n\nOn Thursday, Ann Archer wrote:\n> Six, please.\n> The small ones.\n",
  });
  const reply = message(ann, "I bring them on Friday.");
  await expect(reply).toBeInViewport();
  await expect(reply).not.toContainText("The small ones.");
  await reply.getByRole("button", { name: "Show quoted text" }).click();
  await expect(reply).toContainText("The small ones.");
  await ann.getByRole("link", { name: /^Messages/ }).click();
  await expect(row(ann, "Otto Outside")).toHaveCount(1);
});

test("what the mail server refuses is said in words, and can be tried again or discarded", async ({ enter }) => {
  const ben = await enter("ben", { of: braid });
  await write(ben, "nobody@farm.example");
  await say(ben, "Is anybody there?");
  const lost = message(ben, "Is anybody there?");
  await expect(lost).toContainText("Not delivered: the address does not exist.");
  await lost.getByRole("button", { name: "Retry" }).click();
  await expect(lost).toContainText("Not delivered: the address does not exist.");
  await lost.hover();
  await lost.getByRole("button", { name: "What to do with this message" }).click();
  await ben.getByRole("menuitem", { name: "Details" }).click();
  await expect(ben.getByRole("complementary", { name: "Details" })).toContainText("User unknown");
  await lost.getByRole("button", { name: "Discard" }).click();
  await expect(lost).toHaveCount(0);
});
