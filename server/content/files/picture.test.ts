import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf, fileOnItsWay } from "./kinds";
import { pictureIn } from "./picture";

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");
const PNG = hex("89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0802000000");
const GIF = Buffer.concat([Buffer.from("GIF89a"), hex("2c01 c800 f00000")]);
/** SOI, APP0, then the frame: 480 rows of 640. */
const FRAME = "ffc0 0011 08 01e0 0280 03 012200 021101 031101";
const segment = (marker: string, body: string): string => {
  const bytes = hex(body).length + 2;
  return `${marker} ${bytes.toString(16).padStart(4, "0")} ${body}`;
};
const JPEG = hex(`ffd8 ${segment("ffe0", "4a46494600 0102 00 0001 0001 0000")} ${FRAME}`);
/** Exif with an orientation: little-endian behind another entry, or big-endian. */
const exif = (orientation: string, little = true): string =>
  little
    ? segment("ffe1", `457869660000 49492a00 08000000 0200 100102000100000000000000 1201030001000000 ${orientation}000000`)
    : segment("ffe1", `457869660000 4d4d002a 00000008 0001 0112000300000001 00${orientation}0000`);
const webp = (chunk: string) => Buffer.concat([Buffer.from("RIFF"), hex("00000000"), Buffer.from("WEBP"), hex(chunk)]);

test.each([
  ["a PNG", PNG, { type: "image/png", width: 640, height: 480 }],
  ["a GIF", GIF, { type: "image/gif", width: 300, height: 200 }],
  ["a JPEG", JPEG, { type: "image/jpeg", width: 640, height: 480 }],
  ["a JPEG with fill bytes, progressive", hex(`ffd8 ffffff${FRAME.slice(2).replace("c0", "c2")}`), { type: "image/jpeg", width: 640, height: 480 }],
  ["a photo taken upright", hex(`ffd8 ${exif("06")} ${FRAME}`), { type: "image/jpeg", width: 480, height: 640 }],
  ["the same by another maker", hex(`ffd8 ${exif("08", false)} ${FRAME}`), { type: "image/jpeg", width: 480, height: 640 }],
  ["a photo upside down", hex(`ffd8 ${exif("03")} ${FRAME}`), { type: "image/jpeg", width: 640, height: 480 }],
  ["a lossy WebP", webp(`56503820 00000000 000000 9d012a 8002 e001`), { type: "image/webp", width: 640, height: 480 }],
  ["a lossless WebP", webp(`5650384c 00000000 2f 7fc27700 00`), { type: "image/webp", width: 640, height: 480 }],
  ["an extended WebP", webp(`56503858 0a000000 10000000 7f0200 df0100`), { type: "image/webp", width: 640, height: 480 }],
] as const)("%s says how large it is shown", (_name, bytes, picture) => expect(pictureIn(bytes)).toEqual(picture));

test("a real picture of this project", () => expect(pictureIn(readFileSync("docs/images/inbox.png"))).toMatchObject({ type: "image/png", width: 1440 }));

test("what ends too soon, says nothing or is too large to draw is no picture, and nothing breaks of it", () => {
  for (const whole of [PNG, GIF, JPEG, hex(`ffd8 ${exif("06")} ${FRAME}`), webp(`56503858 0a000000 10000000 7f0200 df0100`)])
    for (let bytes = 0; bytes < whole.length; bytes++) pictureIn(whole.subarray(0, bytes));
  expect(pictureIn(hex("ffd8 ffe0 0000"))).toBeUndefined();
  expect(pictureIn(Buffer.concat([PNG.subarray(0, 16), hex("00010000 00010000")]))).toBeUndefined();
  expect(pictureIn(Buffer.concat([PNG.subarray(0, 16), hex("00000000 00000010")]))).toBeUndefined();
  // A directory that says it has 65,535 entries and has none; segments without length for ever.
  expect(pictureIn(hex(`ffd8 ffe1 0010 457869660000 49492a00 08000000 ffff ${FRAME}`))).toBeUndefined();
  expect(pictureIn(Buffer.alloc(1_000_000, 0xff))).toBeUndefined();
});

test("bytes say what a file is; whoever sent it only names the rest", () => {
  expect(fileOf(PNG, "text/html", 0)).toEqual({ name: "picture-1.png", type: "image/png", width: 640, height: 480, bytes: PNG.length });
  expect(fileOf(hex("00000018 66747970 68656963 00000000"), "image/heic", 1)).toEqual({ name: "picture-2.heic", type: "image/heic", bytes: 16 });
  expect(fileOf(Buffer.from("BEGIN:VCARD"), "text/x-vcard; charset=utf-8", 2)).toEqual({ name: "file-3.vcf", type: "text/x-vcard", bytes: 11 });
  expect(fileOf(Buffer.from("MZ"), "../../evil\r\nx: y", 0)).toEqual({ name: "file-1", type: "application/octet-stream", bytes: 2 });
  expect(fileOnItsWay("VIDEO/MP4", 3)).toEqual({ name: "video-4.mp4", type: "video/mp4" });
});

test.each(["<html><script>alert(1)</script>", " \n\t<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "\ufeff<?xml version='1.0'?><svg/>", "<!--"])(
  "a page is not kept, whatever it is called: %s",
  (text) => {
    for (const claimed of ["image/png", "image/svg+xml", "text/plain", "application/pdf", ""]) expect(fileOf(Buffer.from(text), claimed, 0)).toBe("unsafe");
    expect(fileOf(Buffer.from(text, "utf16le"), "image/png", 0)).toBe("unsafe");
  },
);

test("what is called a picture and is none is not kept", () => {
  for (const bytes of [Buffer.from("Not found"), Buffer.alloc(0), PNG.subarray(0, 12), Buffer.from("%PDF-1.7")])
    expect(fileOf(bytes, "image/jpeg", 0)).toBe("not-a-picture");
});
