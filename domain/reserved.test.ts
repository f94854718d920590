import { expect, test } from "vitest";
import { isReserved, isRole } from "./reserved";

test.each(["postmaster", "abuse", "admin", "root", "mailer-daemon", "noreply", "no-reply", "no.reply", "web_master", "braid"])("%s is kept", (handle) =>
  expect(isReserved(handle)).toBe(true),
);
test.each(["ann", "adminna", "postmaster2", "newsy", "supporter"])("%s can be had", (handle) => expect(isReserved(handle)).toBe(false));
test("two of them reach those who run this Braid", () => expect(["postmaster", "abuse", "root", "noreply"].filter(isRole)).toEqual(["postmaster", "abuse"]));
