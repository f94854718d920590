import { type Braid, startBraid } from "./braid";
import { expect, NO_SERVER, test } from "./fixtures";
import { composer, message, open, row, say, textsOf } from "./inbox";
import { Wire } from "./wire";

test("five messages written in a tunnel arrive once each, in order, on both sides", async ({ enter }) => {
  const [ann, layla] = await Promise.all([enter("ann", { at: "", mayComplain: NO_SERVER }), enter("layla")]);
  const wire = await Wire.of(ann);
  await ann.goto("/");
  await open(ann, "ليلى الحداد");
  await open(layla, "Ann Archer");
  await wire.cut();
  const words = ["one", "two", "three", "four", "five"].map((word) => `Tunnel ${word}`);
  for (const text of words) await say(ann, text);
  await say(layla, "Tunnel, from outside");
  await expect(ann.getByRole("status").filter({ hasText: "Offline since" })).toContainText("What you write is kept and goes when you are back.");
  await expect(message(ann, "Tunnel five")).toContainText("Goes when you are back online");
  await expect(message(ann, "Tunnel, from outside")).toHaveCount(0);

  await wire.mend();
  await expect(ann.getByText("Offline since")).toBeHidden();
  await expect(message(ann, "Tunnel five")).toContainText("Read");
  await expect(message(layla, "Tunnel five")).toBeInViewport();
  expect(await textsOf(ann, /^Tunnel/)).toEqual(["Tunnel, from outside", ...words]);
  expect(await textsOf(layla, /^Tunnel/)).toEqual(["Tunnel, from outside", ...words]);
  for (const page of [ann, layla]) {
    await page.reload();
    await expect(message(page, "Tunnel five")).toBeVisible();
    expect(await textsOf(page, /^Tunnel/)).toEqual(["Tunnel, from outside", ...words]);
  }
});

test("an answer lost on the way doubles nothing", async ({ enter }) => {
  const [dev, ann] = await Promise.all([enter("dev", { at: "", mayComplain: NO_SERVER }), enter("ann")]);
  const wire = await Wire.of(dev);
  await dev.goto("/");
  await open(dev, "Ann Archer");
  await open(ann, "Dev Patel");
  wire.hold();
  await say(dev, "Said once");
  await expect(message(ann, "Said once")).toBeVisible();
  await expect(message(dev, "Said once")).toContainText("Sending");
  await wire.cut();
  wire.release();
  await wire.mend();
  await expect(message(dev, "Said once")).toContainText("Read by Ann");
  for (const page of [dev, ann]) await expect(message(page, "Said once")).toHaveCount(1);
});

test("what was never opened before comes when the connection does, and the page stays", async ({ enter }) => {
  const ann = await enter("ann", { at: "", mayComplain: NO_SERVER });
  const wire = await Wire.of(ann);
  await ann.goto("/");
  await expect(row(ann, "Nora Field")).toBeVisible();
  await wire.cut();
  await row(ann, "Nora Field").click();
  await expect(ann).toHaveURL(/\/t\//);
  await ann.keyboard.press("?");
  await expect(ann.getByText("Offline since")).toBeVisible();
  await expect(row(ann, "Dev Patel")).toBeVisible();
  await wire.mend();
  await expect(ann.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await ann.keyboard.press("Escape");
  await expect(message(ann, "The stove is lit from four on")).toBeVisible();
});

test("what waits survives a reload", async ({ enter }) => {
  const sakura = await enter("sakura", { at: "", mayComplain: NO_SERVER });
  const wire = await Wire.of(sakura);
  await sakura.goto("/");
  await open(sakura, "Ann Archer");
  await wire.cut();
  await say(sakura, "地図は持ちました");
  await composer(sakura).fill("それから");
  await expect(message(sakura, "地図は持ちました")).toContainText("Goes when you are back online");
  await wire.mend();
  wire.hold();
  await sakura.reload();
  wire.release();
  await expect(message(sakura, "地図は持ちました")).toContainText(/Delivered|Read/);
  await expect(message(sakura, "地図は持ちました")).toHaveCount(1);
  await expect(composer(sakura)).toHaveValue("それから");
});

test.describe("a server that is killed and started again", () => {
  let braid: Braid;
  test.beforeAll(async () => {
    braid = await startBraid();
  });
  test.afterAll(() => braid.stop());

  test("the pages open meanwhile recover by themselves and lose nothing", async ({ enter }) => {
    const [ann, ben] = await Promise.all([enter("ann", { of: braid, mayComplain: NO_SERVER }), enter("ben", { of: braid, mayComplain: NO_SERVER })]);
    await open(ann, "Ben Brook");
    await open(ben, "Ann Archer");
    await say(ann, "Before the fall");
    await expect(message(ben, "Before the fall")).toBeVisible();
    await braid.stop("SIGKILL");
    await expect(ann.getByText("Offline since")).toBeVisible();
    await say(ann, "During the fall");
    await expect(message(ann, "During the fall")).toContainText("Goes when you are back online");

    braid = await startBraid({ dir: braid.dir, port: braid.port, smtpPort: braid.smtpPort });
    await expect(message(ben, "During the fall")).toBeVisible({ timeout: 20_000 });
    await expect(message(ann, "During the fall")).toContainText("Read by Ben");
    await expect(ann.getByText("Offline since")).toBeHidden();
    await say(ben, "After the fall");
    await expect(message(ann, "After the fall")).toBeVisible();
    for (const page of [ann, ben]) expect(await textsOf(page, /the fall$/)).toEqual(["Before the fall", "During the fall", "After the fall"]);
    await expect(row(ann, "Ben Brook")).toContainText("After the fall");
  });
});
