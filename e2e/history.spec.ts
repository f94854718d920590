import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { composer, message, say } from "./inbox";

/** The name of this file's own conversation, and how many messages it has: several pages of history. */
const LONG = 170;
/** What is said after it. */
const LAST = "The last word.";
/** Pixels of one turn of the wheel. */
const STEP = 360;

/** A group of three with a long history; its messages are of very different heights. Answers its address. */
async function longThread(page: Page): Promise<string> {
  const call = async (path: string, input: object) => {
    const answer = await page.request.post(`/api/trpc/${path}`, { data: input });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).result.data;
  };
  const people = await Promise.all(["ben", "dev"].map((handle) => personId(page, handle)));
  const { thread } = await call("thread.start", { people, maker: `history-${Date.now()}` });
  const write = (at: number) =>
    call("message.send", {
      threadId: thread.id,
      clientId: `history-${thread.id}-${at}`,
      text: `Line ${at}. ${"Words that need room. ".repeat((at * 7) % 23)}`,
    });
  await write(1);
  for (let at = 2; at < LONG; at += 12) await Promise.all(Array.from({ length: Math.min(12, LONG - at) }, (_, more) => write(at + more)));
  await write(LONG);
  return `/t/${thread.id}`;
}

async function personId(page: Page, handle: string): Promise<string> {
  const answer = await page.request.get(`/api/trpc/person.search?input=${encodeURIComponent(JSON.stringify({ query: handle }))}`);
  return (await answer.json()).result.data[0].id;
}

const history = (page: Page): Locator => page.getByRole("list", { name: "Message history" });

/** What stands first on the screen, and where: a row of the history and the pixels from the upper edge. */
const firstRow = (page: Page): Promise<{ key: string; top: number }> =>
  history(page).evaluate((list) => {
    const edge = list.parentElement!.parentElement!.getBoundingClientRect().top;
    const row = Array.from(list.children).find((each) => each.getBoundingClientRect().top >= edge) as HTMLElement;
    return { key: row.dataset.key ?? "", top: row.getBoundingClientRect().top - edge };
  });

const topOf = (page: Page, key: string): Promise<number> =>
  history(page).evaluate((list, wanted) => {
    const row = Array.from(list.children).find((each) => (each as HTMLElement).dataset.key === wanted);
    return (row?.getBoundingClientRect().top ?? Number.NaN) - list.parentElement!.parentElement!.getBoundingClientRect().top;
  }, key);

/** Nothing is left above: the scroller counts from its end, downwards from 0. */
const isAtTop = (page: Page): Promise<boolean> =>
  history(page).evaluate((list) => {
    const { scrollTop, scrollHeight, clientHeight } = list.parentElement!.parentElement!;
    return scrollHeight - clientHeight + scrollTop < 2;
  });

const frames = (page: Page): Promise<void> => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** The first test writes it, the second reads it. */
let at = "/";
test.describe.configure({ mode: "serial", timeout: 150_000 });

test("history grows upwards without the view moving, and what comes below does not move it either", async ({ enter }) => {
  const ann = await enter("ann");
  at = await longThread(ann);
  await ann.goto(at);
  await expect(message(ann, `Line ${LONG}.`)).toBeInViewport();
  const box = (await history(ann).boundingBox())!;
  await ann.mouse.move(box.x + 200, 500);

  // Each step of the wheel moves what is on the screen by that step and no more, while pages of history come in above.
  let steps = 0;
  for (let atTop = false; !atTop && steps < 100; steps++) {
    const before = await firstRow(ann);
    await ann.mouse.wheel(0, -STEP);
    await expect.poll(async () => (await isAtTop(ann)) || (await topOf(ann, before.key)) > before.top + STEP - 3, { intervals: [30] }).toBe(true);
    await frames(ann);
    atTop = await isAtTop(ann);
    const moved = (await topOf(ann, before.key)) - before.top;
    if (!atTop) expect(Math.abs(moved - STEP), `step ${steps} moved by ${moved}`).toBeLessThanOrEqual(2);
  }
  expect(steps).toBeGreaterThan(20);
  await expect(message(ann, "Line 1.")).toBeInViewport();
  await expect(ann.getByText("This is where the conversation begins.")).toBeInViewport();

  // Halfway down again something new is said: the view stays, and the pill leads to it.
  await ann.mouse.wheel(0, 3_000);
  await expect(message(ann, "Line 1.")).not.toBeInViewport();
  await frames(ann);
  const reading = await firstRow(ann);
  const ben = await enter("ben", { at });
  await say(ben, "News from below.");
  await expect(ann.getByRole("button", { name: "1 new" })).toBeVisible();
  expect(Math.abs((await topOf(ann, reading.key)) - reading.top)).toBeLessThanOrEqual(1);
  await ann.getByRole("button", { name: "1 new" }).click();
  await expect(message(ann, "News from below.")).toBeInViewport();
  await expect(ann.getByRole("button", { name: "1 new" })).toBeHidden();

  // At the end, what comes is followed.
  await say(ben, "And one more.");
  await expect(message(ann, "And one more.")).toBeInViewport();
  await say(ann, LAST);
  await expect(message(ann, LAST)).toBeInViewport();
});

test("the keyboard reaches every message, and a narrower window keeps what is being read", async ({ enter }) => {
  const ann = await enter("ann");
  await ann.goto(at);
  await expect(message(ann, LAST)).toBeInViewport();
  await message(ann, LAST).focus();
  for (let times = 0; times < 33; times++) await ann.keyboard.press("ArrowUp");
  await expect(message(ann, `Line ${LONG - 30}.`)).toBeFocused();
  await expect(message(ann, `Line ${LONG - 30}.`)).toBeInViewport();
  await frames(ann);
  const reading = await firstRow(ann);
  await ann.setViewportSize({ width: 1100, height: 700 });
  await expect.poll(async () => Math.abs((await topOf(ann, reading.key)) - reading.top)).toBeLessThanOrEqual(2);
  await ann.keyboard.press("End");
  await expect(message(ann, LAST)).toBeFocused();
  await expect(message(ann, LAST)).toBeInViewport();
  await expect(composer(ann)).toBeVisible();
});
