import { expect, SANDBOX, test } from "./fixtures";
import { message, open, row, say } from "./inbox";
import { hasSwaks, sendMail, swaks, tracker } from "./outside";

test("a mail by swaks from Ben's address comes live into Ann's conversation with Ben", async ({ enter, braid }) => {
  test.skip(!(await hasSwaks()), "swaks is not installed");
  const ann = await enter("ann");
  await open(ann, "Ben Brook");
  await say(ann, "Write it to me by mail, please.");
  await expect(message(ann, "Write it to me by mail, please.")).toContainText("Delivered");

  const began = Date.now();
  await swaks(braid, "ben@example.org", "ann@braid.localhost", "Shopping list", "Oats, tea, two gas cartridges.");
  await expect(message(ann, "Oats, tea, two gas cartridges.")).toBeInViewport({ timeout: 2_000 });
  console.log(`swaks started to visible: ${Date.now() - began} ms`);
  await expect(message(ann, "Oats, tea, two gas cartridges.")).toContainText("E-mailShopping list");
  await expect(row(ann, "Ben Brook")).toContainText("E-mail");
});

test("a mail from a stranger comes to Other", async ({ enter, braid }) => {
  const ben = await enter("ben", { at: "/f/other" });
  await expect(ben.getByText("Nothing here. Mail and texts from people you have not answered come to this folder.")).toBeVisible();
  await sendMail(braid, {
    from: '"Ida Stranger" <ida@elsewhere.example>',
    to: "ben@braid.localhost",
    subject: "Your tent",
    text: "Is it still for sale?",
  });
  await expect(row(ben, "Ida Stranger")).toContainText("Is it still for sale?");
  await expect(ben.getByRole("link", { name: /^Other/ })).toContainText("1 unread conversation");
  await expect(ben.getByRole("link", { name: /^Messages/ })).not.toContainText("Ida");
});

test("the original of an HTML mail runs nothing, and loads images only when asked", async ({ enter, braid }) => {
  const site = await tracker();
  const chiara = await enter("chiara", { at: "/f/other", mayComplain: SANDBOX });
  await sendMail(braid, {
    from: '"Tea Shop" <news@teashop.example>',
    to: "chiara@braid.localhost",
    subject: "New harvest",
    text: "The new harvest is here.",
    html: `<body onload="fetch('${site.url}/onload')" background="${site.url}/background"><style>@import url("${site.url}/style"); p { background: url("${site.url}/css") }</style>
      <h1>The new harvest</h1><p>is here, in green.</p><script src="${site.url}/script"></script><script>fetch("${site.url}/inline")</script>
      <img src="${site.url}/pixel" alt="A tea field" onerror="fetch('${site.url}/onerror')"><iframe src="${site.url}/frame"></iframe></body>`,
  });
  await open(chiara, "Tea Shop");
  await message(chiara, "The new harvest is here.").getByRole("button", { name: "Show original" }).click();
  const original = chiara.getByRole("dialog", { name: "New harvest" });
  const frame = original.locator("iframe");
  await expect(frame).toHaveAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  await expect(frame).not.toHaveAttribute("srcdoc", /<script|<iframe|\son\w+=|@import/i);
  await expect(frame.contentFrame().getByText("is here, in green.")).toBeVisible();
  expect(site.hits, "asked for before images were wanted").toEqual([]);

  await original.getByRole("button", { name: /^Load images/ }).click();
  await expect.poll(() => site.hits).toContain("/pixel");
  expect(site.hits.filter((path) => path !== "/pixel")).toEqual([]);
  await expect(original.getByRole("button", { name: /^Load images/ })).toHaveCount(0);
  await original.getByRole("tab", { name: "headers" }).click();
  await expect(original).toContainText("news@teashop.example");
  await chiara.keyboard.press("Escape");
  await expect(original).toBeHidden();
  site.close();
});

test("on the capture page one writes from outside, watches it arrive, and answers what was sent there", async ({ enter }) => {
  const zoe = await enter("zoe", { at: "/f/other" });
  const outside = await zoe.context().newPage();
  await outside.goto("/dev/mail");
  await outside.getByRole("button", { name: "Write from outside" }).click();
  await outside.getByRole("combobox", { name: "To" }).selectOption({ label: "Zoë Ångström, zoe@braid.localhost" });
  await outside.getByRole("textbox", { name: "Text" }).fill("May I join on Sunday?");
  await outside.getByRole("button", { name: "Send" }).click();
  await expect(row(zoe, "Carla Brandt")).toContainText("May I join on Sunday?");

  await open(zoe, "Carla Brandt");
  await say(zoe, "Gladly. We meet at the fountain.");
  await expect(message(zoe, "We meet at the fountain.")).toContainText("Sent as e-mail");
  await outside.goto("/dev/mail");
  await outside
    .getByRole("link", { name: /carla@example.org/ })
    .first()
    .click();
  await expect(outside.getByRole("article")).toContainText("We meet at the fountain.");
  await outside.getByRole("button", { name: /^Reply as/ }).click();
  await outside.getByRole("textbox", { name: /^From carla@example.org/ }).fill("See you there.");
  await outside.getByRole("button", { name: "Send" }).click();
  await expect(message(zoe, "See you there.")).toBeVisible();
  await expect(message(zoe, "See you there.").getByRole("button", { name: "Show quoted text" })).toBeVisible();
});
