import { type Braid, failBraid, freePort, startBraid } from "./braid";
import { expect, REFUSED, test } from "./fixtures";
import { composer, message, say, write } from "./inbox";

/** An empty Braid; the tests go on from one another, as its first day does. */
test.describe.configure({ mode: "serial" });

let braid: Braid;
test.beforeAll(async () => {
  braid = await startBraid({ env: { BRAID_DEMO: "0" } });
});
test.afterAll(() => braid.stop());

const PASSWORD = "seven blue stones";
const signedOut = () => ({ of: braid, mayComplain: REFUSED });

test("whoever comes first becomes admin, the next is a member", async ({ enter }) => {
  const first = await enter(undefined, signedOut());
  await expect(first.getByRole("heading", { name: "Create the first account" })).toBeVisible();
  await first.getByRole("textbox", { name: "Name" }).fill("Grace Hill");
  await expect(first.getByRole("textbox", { name: "Handle" })).toHaveValue("grace.hill");
  await first.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await first.getByRole("button", { name: "Create account" }).click();
  await expect(first.getByText("No conversations yet.")).toBeVisible();
  await first.goto("/admin");
  await expect(first.getByText("Message store")).toBeVisible();

  const second = await enter(undefined, { of: braid, mayComplain: /status of 40[134]/, at: "/sign-in" });
  await expect(second.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await second.getByRole("link", { name: "Create an account" }).click();
  await second.getByRole("textbox", { name: "Name" }).fill("Henry Lake");
  await second.getByRole("textbox", { name: "Handle" }).fill("grace.hill");
  await expect(second.getByText("That handle is taken.")).toBeVisible();
  await second.getByRole("textbox", { name: "Handle" }).fill("henry");
  await second.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await second.getByRole("button", { name: "Create account" }).click();
  await expect(second.getByText("No conversations yet.")).toBeVisible();
  await second.goto("/admin");
  await expect(second.getByText("Only admins can look behind the scenes.")).toBeVisible();
  await second.goto("/dev/mail");
  await expect(second.getByText("This page is part of the demo.")).toBeVisible();
});

test("a session that is over leads to signing in, and back to the conversation", async ({ enter }) => {
  const henry = await enter(undefined, signedOut());
  const signIn = async (password: string) => {
    await henry.getByRole("textbox", { name: "Handle or e-mail address" }).fill("henry");
    await henry.getByRole("textbox", { name: "Password" }).fill(password);
    await henry.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn("a wrong one");
  await expect(henry.getByRole("alert").filter({ hasText: /\w/ })).toBeVisible();
  await signIn(PASSWORD);
  await write(henry, "Grace Hill");
  await say(henry, "Good morning, Grace.");
  await expect(message(henry, "Good morning, Grace.")).toContainText("Delivered");
  const { pathname } = new URL(henry.url());
  await composer(henry).fill("One more thing");

  await henry.context().clearCookies();
  await henry.reload();
  await expect(henry).toHaveURL(/\/sign-in\?next=/);
  await signIn(PASSWORD);
  await expect(message(henry, "Good morning, Grace.")).toBeVisible();
  expect(new URL(henry.url()).pathname).toBe(pathname);
  await expect(composer(henry)).toHaveValue("One more thing");
});

test("a second process on the same data gives up with a sentence, and the first goes on", async ({ enter }) => {
  const [port, smtpPort] = await Promise.all([freePort(), freePort()]);
  const { code, output } = await failBraid({ BRAID_DEMO: "0", BRAID_DATA: braid.dir, PORT: String(port), SMTP_PORT: String(smtpPort) });
  expect(code).toBe(1);
  expect(output).toContain("Another Braid uses this data directory (store/locked). Stop it, or choose another directory with BRAID_DATA.");
  const visitor = await enter(undefined, { ...signedOut(), at: "/sign-in" });
  await expect(visitor.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("what is not there is said in words", async ({ enter }) => {
  const grace = await enter(undefined, { of: braid, at: "/no/such/page", mayComplain: /status of 40[134]/ });
  await expect(grace.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

test("on a port that Braid chooses itself one can sign up", async ({ enter }) => {
  const free = await startBraid({ env: { BRAID_DEMO: "0" }, port: 0 });
  const page = await enter(undefined, { of: free, mayComplain: REFUSED });
  await page.getByRole("textbox", { name: "Name" }).fill("Ida Post");
  await page.getByRole("textbox", { name: "Handle" }).fill("postmaster");
  await expect(page.getByText("That handle is kept for those who run this Braid.")).toBeVisible();
  await page.getByRole("textbox", { name: "Handle" }).fill("ida");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("No conversations yet.")).toBeVisible();
  await page.context().close();
  await free.stop();
});
