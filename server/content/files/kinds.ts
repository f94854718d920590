import type { FileLoss, MessageFile } from "@/domain/message";
import { pictureIn } from "./picture";

/** Ends of names, by the types phones send. What is not here is a file without an end, and is offered as one. */
const ENDS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/heic": "heic",
  "image/heif": "heif",
  "image/bmp": "bmp",
  "image/tiff": "tif",
  "video/mp4": "mp4",
  "video/3gpp": "3gp",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "audio/amr": "amr",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
  "application/pdf": "pdf",
  "text/vcard": "vcf",
  "text/x-vcard": "vcf",
  "text/calendar": "ics",
  "text/plain": "txt",
};
const WORDS: Readonly<Record<string, string>> = { image: "picture", video: "video", audio: "recording" };

/** What can be said of a file before its bytes are here. `claimed` is its sender's type, `place` its position, from 0. */
export function fileOnItsWay(claimed: string, place: number): MessageFile {
  const type = typeIn(claimed);
  return { name: nameOf(type, place), type };
}

/** What the bytes are, or why they are not kept. A picture is what its bytes say; of the rest nothing is shown, so its type is a mere word. */
export function fileOf(bytes: Uint8Array, claimed: string, place: number): Omit<MessageFile, "key"> | FileLoss {
  const picture = pictureIn(bytes);
  if (picture !== undefined) return { name: nameOf(picture.type, place), bytes: bytes.length, ...picture };
  if (isMarkup(bytes)) return "unsafe";
  const type = typeIn(claimed);
  if (type.startsWith("image/") && !isOtherPicture(bytes)) return "not-a-picture";
  return { name: nameOf(type, place), type, bytes: bytes.length };
}

function typeIn(claimed: string): string {
  const [type = ""] = claimed.toLowerCase().split(";", 1);
  return /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/.test(type.trim()) ? type.trim() : "application/octet-stream";
}

function nameOf(type: string, place: number): string {
  const word = WORDS[type.split("/", 1)[0] ?? ""] ?? "file";
  const end = ENDS[type];
  return `${word}-${place + 1}${end === undefined ? "" : `.${end}`}`;
}

/** HTML, SVG or XML, in any Unicode form: what a browser may run. */
function isMarkup(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 1024)).toString("latin1").replaceAll("\0", "");
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(text);
}

/** A picture that few browsers show: HEIF and AVIF (ISO 14496-12, 4.3), TIFF, BMP. */
function isOtherPicture(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^.{4}ftyp(?:hei|hev|mif1|msf1|avi)/s.test(text) || /^(?:II\*\0|MM\0\*|BM)/.test(text);
}
