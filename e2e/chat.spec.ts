import { expect, test } from "./fixtures";
import { composer, message, open, pane, row, say, textsOf, write } from "./inbox";
import { Wire } from "./wire";

test("one click signs a demo person in, and the other person's words come by themselves", async ({ enter }) => {
  const [ann, ben] = await Promise.all([enter(undefined, { at: "/sign-in" }), enter("ben")]);
  await ann.getByRole("button", { name: /@ann/ }).click();
  await open(ann, "Ben Brook");
  await open(ben, "Ann Archer");
  await expect(pane(ann)).toContainText("@ben, online");

  await composer(ann).pressSequentially("Is the stove");
  await expect(ben.getByText("Ann is writing")).toBeVisible();
  await composer(ann).pressSequentially(" packed?");
  await composer(ann).press("Enter");
  await expect(message(ben, "Is the stove packed?")).toBeInViewport();
  await expect(message(ann, "Is the stove packed?")).toContainText("Read by Ben");
  await expect(ben.getByText("Ann is writing")).toBeHidden();

  await say(ben, "It is, and the pot too.");
  await expect(message(ann, "It is, and the pot too.")).toBeInViewport();
  await expect(message(ben, "It is, and the pot too.")).toContainText("Read by Ann");
});

test("a page that is closed takes the person offline", async ({ enter }) => {
  const [chiara, dev] = await Promise.all([enter("chiara"), enter("dev")]);
  await write(chiara, "Dev Patel");
  await expect(pane(chiara)).toContainText("@dev, online");
  await dev.close();
  await expect(pane(chiara)).toContainText("@dev");
  await expect(pane(chiara)).not.toContainText("online");
});

test("Enter sends, Shift+Enter breaks the line, and nothing is sent of nothing", async ({ enter }) => {
  const ann = await enter("ann");
  await open(ann, "Dev Patel");
  await expect(ann.getByRole("button", { name: "Send" })).toBeDisabled();
  await composer(ann).fill("   ");
  await composer(ann).press("Enter");
  await composer(ann).fill("First line");
  await composer(ann).press("Shift+Enter");
  await composer(ann).pressSequentially("second line");
  await expect(composer(ann)).toHaveValue("First line\nsecond line");
  await composer(ann).press("Enter");
  await expect(composer(ann)).toHaveValue("");
  await expect(composer(ann)).toBeFocused();
  const sent = message(ann, "First line").locator("p");
  await expect(sent).toHaveText("First line\nsecond line", { useInnerText: true });
  await expect(message(ann, "second line")).toHaveCount(1);
});

test("the own bubble is there at once, and being committed neither moves nor replaces it", async ({ enter }) => {
  const ann = await enter("ann", { at: "" });
  const wire = await Wire.of(ann);
  await ann.goto("/");
  await open(ann, "Maximiliana");
  await say(ann, "Which strap was it?");
  await expect(message(ann, "Which strap was it?")).toContainText("Delivered");

  wire.hold();
  await say(ann, "The left one?");
  const own = message(ann, "The left one?");
  await expect(own).toContainText("Sending");
  const before = await own.evaluate(watchBubble);
  wire.release();
  await expect(own).toContainText("Delivered");
  const after = await own.evaluate(seenOfBubble);
  expect(after.frames.length, "frames looked at").toBeGreaterThan(1);
  expect(after.sameElement, "the element stayed").toBe(true);
  for (const frame of after.frames) expect(frame).toEqual(before);
});

/** Where a bubble is and how its element is called; kept for every frame from now on. Runs in the page. */
function watchBubble(item: Element) {
  const bubble = item.querySelector("p") as Element;
  const look = () => {
    const { x, y, width, height } = bubble.getBoundingClientRect();
    return { x, y, width, height, key: item.getAttribute("data-key") };
  };
  const frames: ReturnType<typeof look>[] = [];
  Object.assign(window, { watched: { item, frames } });
  const next = () => {
    frames.push(look());
    if (frames.length < 600) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  return look();
}

function seenOfBubble(item: Element) {
  const { watched } = window as unknown as { watched: { item: Element; frames: { x: number; y: number; width: number; height: number; key: string }[] } };
  return { sameElement: watched.item === item && item.isConnected, frames: [...watched.frames] };
}

test("two tabs of one person stay in step", async ({ enter }) => {
  const [one, zoe] = await Promise.all([enter("ann"), enter("zoe")]);
  const two = await one.context().newPage();
  await two.goto("/");
  await expect(row(two, "Ben Brook")).toBeVisible();
  await write(zoe, "Ann Archer");
  await say(zoe, "Hello, I am new here.");
  for (const tab of [one, two]) await expect(row(tab, "Zoë")).toContainText("1 unread");

  await open(one, "Zoë");
  for (const tab of [one, two]) await expect(row(tab, "Zoë")).not.toContainText("unread");
  await say(one, "Welcome to the club.");
  await expect(row(two, "Zoë")).toContainText("You: Welcome to the club.");
  await open(two, "Zoë");
  await say(two, "Ask me anything.");
  await expect(message(one, "Ask me anything.")).toContainText("Read by Zoë");
  expect(await textsOf(one, /club|anything/)).toEqual(await textsOf(two, /club|anything/));
});

test("the badge says how many conversations are bold, in the folder and in the title", async ({ enter }) => {
  const [ann, sakura, layla] = await Promise.all([enter("ann"), enter("sakura"), enter("layla")]);
  await expect(row(ann, "Ben Brook")).toBeVisible();
  const bold = ann.locator("[data-thread]").filter({ hasText: "unread" });
  const badge = ann.getByRole("navigation", { name: "Folders" }).getByRole("link", { name: /^Messages/ });
  const agree = async () => {
    const count = await bold.count();
    await expect(badge).toContainText(`${count} unread conversation`);
    await expect(ann).toHaveTitle(`(${count}) Braid`);
    for (const line of await bold.all()) await expect(line.locator("span.truncate").first()).toHaveCSS("font-weight", "600");
  };
  for (const [page, name] of [
    [sakura, "田中さくら"],
    [layla, "ليلى الحداد"],
  ] as const) {
    await open(page, "Ann Archer");
    await say(page, `Something new from ${name}`);
    await expect(row(ann, name)).toContainText("1 unread");
    await agree();
  }
  await open(ann, "田中さくら");
  await expect(row(ann, "田中さくら")).not.toContainText("unread");
  await agree();
  await ann.keyboard.press("Escape");
  await ann.keyboard.press("u");
  await expect(row(ann, "田中さくら")).toContainText("unread");
  await agree();
});

test("a reload and the browser's back keep the place", async ({ enter }) => {
  const ann = await enter("ann");
  await open(ann, "Nora Field");
  const { pathname } = new URL(ann.url());
  expect(pathname).toMatch(/^\/t\//);
  await ann.reload();
  await expect(message(ann, "The stove is lit from four on")).toBeVisible();
  expect(new URL(ann.url()).pathname).toBe(pathname);
  await ann.getByRole("link", { name: /^Other/ }).click();
  await expect(ann).toHaveURL(/\/f\/other$/);
  await expect(row(ann, "Gear Barn")).toBeVisible();
  await ann.goBack();
  await expect(message(ann, "The stove is lit from four on")).toBeVisible();
});
