import { expect, test } from "vitest";
import { filesOf, missingWords } from "./files";

const of = { threadId: "t", id: "m" };
const picture = { name: "picture-1.png", type: "image/png", bytes: 9, width: 640, height: 480, key: "k" };

test("a picture is shown in its place, another file is named, and what is not here has no address", () => {
  const [shown, clip, coming] = filesOf({ ...of, files: [picture, { name: "video-2.mp4", type: "video/mp4", key: "k" }, { name: "p", type: "image/png" }] });
  expect(shown).toMatchObject({ href: "/api/files/t/m/0", picture: { width: 640, height: 480 } });
  expect([clip?.href, clip?.picture]).toEqual(["/api/files/t/m/1", undefined]);
  expect([coming?.href, coming?.picture]).toEqual([undefined, undefined]);
});

test("files of a mail are named and not shown", () => {
  const attachments = [{ name: "logo.png", type: "image/png", bytes: 3 }];
  expect(filesOf({ ...of, mail: { attachments, raw: "k", sender: "unproven" } })).toEqual([{ file: attachments[0], href: "/api/files/t/m/0" }]);
});

test.each([
  [{ type: "image/png" }, "A picture is on its way."],
  [{ type: "video/mp4", lost: "too-large" }, "A video was too large to take."],
  [{ type: "application/pdf", lost: "unreachable" }, "A file could not be fetched: its carrier did not answer for a day."],
] as const)("%j: %s", (file, words) => expect(missingWords({ name: "x", ...file })).toBe(words));
