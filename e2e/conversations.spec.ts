import { expect, test } from "./fixtures";
import { choose, composer, menu, message, open, pane, row, say, write } from "./inbox";
import { Wire } from "./wire";

test("a new conversation by name opens the one these people share, with the composer ready", async ({ enter }) => {
  const [layla, dev] = await Promise.all([enter("layla"), enter("dev")]);
  await write(layla, "Dev Patel");
  await expect(layla.locator("#audience")).toHaveText("As chat to Dev");
  await say(layla, "هل عندك حبل؟");
  await open(dev, "ليلى الحداد");
  await expect(message(dev, "هل عندك حبل؟")).toBeVisible();
  await layla.keyboard.press("Escape");
  await write(layla, "Dev Patel");
  await expect(message(layla, "هل عندك حبل؟")).toBeVisible();
});

test("a new conversation by e-mail address says that it goes out as e-mail", async ({ enter }) => {
  const ben = await enter("ben");
  await write(ben, "walter@climbing.example");
  await expect(ben.locator("#audience")).toHaveText("As e-mail to walter@climbing.example, from ben@braid.localhost");
  await say(ben, "Do you rent crash pads?");
  await expect(message(ben, "Do you rent crash pads?")).toContainText("Sent as e-mail");
});

test("a group: a newcomer sees the past, a leaver nothing new, and it has a name", async ({ enter }) => {
  const [zoe, sakura, layla] = await Promise.all([enter("zoe"), enter("sakura"), enter("layla")]);
  await write(zoe, "田中さくら", "Maximiliana");
  await say(zoe, "Who knows the north path?");
  await open(sakura, "(?:Maximiliana and Zoë|Zoë and Maximiliana)");
  await expect(message(sakura, "Who knows the north path?")).toBeVisible();

  await zoe.getByRole("button", { name: "Details", exact: true }).click();
  const details = zoe.getByRole("complementary", { name: "Details" });
  await details.getByRole("textbox", { name: "Name of the group" }).fill("North path");
  await details.getByRole("button", { name: "Save" }).click();
  await expect(pane(sakura).getByRole("heading", { name: "North path" })).toBeVisible();

  await details.getByRole("button", { name: "Add people" }).click();
  const dialog = zoe.getByRole("dialog", { name: "Add people" });
  await expect(dialog).toContainText("They will see everything that was written here before.");
  await choose(dialog, ["ليلى"]);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden();
  await open(layla, "North path");
  await expect(message(layla, "Who knows the north path?")).toBeVisible();

  await sakura.getByRole("button", { name: "Details", exact: true }).click();
  await sakura.getByRole("complementary", { name: "Details" }).getByRole("button", { name: "Leave" }).click();
  await sakura.getByRole("dialog", { name: "Leave this group?" }).getByRole("button", { name: "Leave" }).click();
  await expect(pane(sakura)).toContainText("You have left this conversation.");
  await expect(composer(sakura)).toHaveCount(0);
  await expect(message(layla, "田中さくら left the conversation")).toBeVisible();
  await say(layla, "I have walked it twice.");
  await expect(message(zoe, "I have walked it twice.")).toBeVisible();
  await sakura.reload();
  await expect(message(sakura, "Who knows the north path?")).toBeVisible();
  await expect(message(sakura, "I have walked it twice.")).toHaveCount(0);
});

test("archive and its undo", async ({ enter }) => {
  const chiara = await enter("chiara");
  await write(chiara, "Maximiliana");
  await say(chiara, "Thank you for the slings.");
  await menu(chiara, "Archive");
  await expect(row(chiara, "Maximiliana")).toHaveCount(0);
  await chiara.getByRole("button", { name: "Undo" }).click();
  await expect(row(chiara, "Maximiliana")).toBeVisible();

  await open(chiara, "Maximiliana");
  await chiara.keyboard.press("Escape");
  await chiara.keyboard.press("e");
  await expect(row(chiara, "Maximiliana")).toHaveCount(0);
  await chiara.getByRole("link", { name: /^Archive/ }).click();
  await expect(row(chiara, "Maximiliana")).toBeVisible();
});

test("a message is deleted for oneself, and undone", async ({ enter }) => {
  const [dev, ann] = await Promise.all([enter("dev"), enter("ann")]);
  await open(dev, "Ann Archer");
  await say(dev, "Wrong window, sorry.");
  await open(ann, "Dev Patel");
  await expect(message(ann, "Wrong window, sorry.")).toBeVisible();
  const remove = async () => {
    await message(dev, "Wrong window, sorry.").hover();
    await message(dev, "Wrong window, sorry.").getByRole("button", { name: "What to do with this message" }).click();
    await dev.getByRole("menuitem", { name: "Delete for me" }).click();
    await expect(message(dev, "Wrong window, sorry.")).toHaveCount(0);
  };
  await remove();
  await dev.getByRole("button", { name: "Undo" }).click();
  await expect(message(dev, "Wrong window, sorry.")).toBeVisible();
  await remove();
  await dev.reload();
  await expect(composer(dev)).toBeVisible();
  await expect(message(dev, "Wrong window, sorry.")).toHaveCount(0);
  await expect(message(ann, "Wrong window, sorry.")).toBeVisible();
});

test("muted conversations do not count, and a conversation can be marked unread", async ({ enter }) => {
  const [ben, chiara] = await Promise.all([enter("ben"), enter("chiara")]);
  await open(ben, "Hut weekend");
  const unread = ben.getByRole("navigation", { name: "Folders" }).getByRole("link", { name: /^Messages/ });
  await expect(row(ben, "Hut weekend")).not.toContainText("unread");
  const others = (await unread.textContent()) ?? "";
  await menu(ben, "Mute");
  await expect(row(ben, "Hut weekend")).toContainText("muted");
  await ben.keyboard.press("Escape");
  await open(chiara, "Hut weekend");
  await say(chiara, "Found a headlamp after all.");
  await expect(row(ben, "Hut weekend")).toContainText("1 unread, muted");
  await expect(unread).toHaveText(others);

  await open(ben, "Hut weekend");
  await menu(ben, "Unmute");
  await expect(row(ben, "Hut weekend")).not.toContainText("muted");
  await menu(ben, "Mark unread");
  await expect(composer(ben)).toHaveCount(0);
  await expect(row(ben, "Hut weekend")).toContainText("unread");
  await expect(unread).not.toHaveText(others);
  await ben.reload();
  await expect(row(ben, "Hut weekend")).toContainText("unread");
});

test("a draft survives a reload, shows on the other device, and goes with sending", async ({ enter }) => {
  const [laptop, phone] = await Promise.all([enter("maximiliana"), enter("maximiliana")]);
  await open(laptop, "Ann Archer");
  await composer(laptop).fill("About the crampons: size 43 or");
  await expect(row(phone, "Ann Archer")).toContainText("Draft: About the crampons");
  await laptop.reload();
  await expect(composer(laptop)).toHaveValue("About the crampons: size 43 or");
  await open(phone, "Ann Archer");
  await expect(composer(phone)).toHaveValue("About the crampons: size 43 or");
  await composer(phone).press("End");
  await composer(phone).pressSequentially(" 44?");
  await composer(phone).press("Enter");
  await expect(message(laptop, "size 43 or 44?")).toBeVisible();
  await expect(composer(laptop)).toHaveValue("");
  await expect(row(laptop, "Ann Archer")).not.toContainText("Draft");
});

test("a text that is too long cannot be sent, and nothing of it is lost", async ({ enter }) => {
  const dev = await enter("dev");
  await open(dev, "Ann Archer");
  await composer(dev).fill("x".repeat(20_003));
  await expect(pane(dev)).toContainText("3 characters too many");
  await expect(dev.getByRole("button", { name: "Send" })).toBeDisabled();
  await composer(dev).press("Enter");
  await expect(composer(dev)).toHaveValue(/^x{20003}$/);
  await composer(dev).fill("");
});

test("what the server refuses stays in the conversation with Retry and Discard", async ({ enter }) => {
  const [train, home] = await Promise.all([enter("sakura", { at: "", mayComplain: /ERR_INTERNET_DISCONNECTED/ }), enter("sakura")]);
  const wire = await Wire.of(train);
  await train.goto("/");
  await write(train, "Zoë", "Dev Patel");
  await say(train, "駅で会いましょう");
  await expect(message(train, "駅で会いましょう")).toContainText(/Delivered|Read/);
  await wire.cut();
  await say(train, "遅れます");
  await expect(message(train, "遅れます")).toContainText("Goes when you are back online");

  await open(home, "(?:Dev and Zoë|Zoë and Dev)");
  await home.getByRole("button", { name: "Details", exact: true }).click();
  await home.getByRole("button", { name: "Leave" }).click();
  await home.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
  await expect(pane(home)).toContainText("You have left this conversation.");
  await wire.mend();
  const refused = message(train, "遅れます");
  await expect(refused).toContainText("Not sent:");
  await refused.getByRole("button", { name: "Retry" }).click();
  await expect(refused).toContainText("Not sent:");
  await refused.getByRole("button", { name: "Discard" }).click();
  await expect(refused).toHaveCount(0);
});
