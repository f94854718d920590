/** A picture every browser shows, as its own bytes say. Pixels are those on the screen: a photo taken sideways is turned. */
export interface Picture {
  readonly type: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
  readonly width: number;
  readonly height: number;
}

/** More pixels than any phone's photo; whoever draws them needs four bytes for each. */
const MAX_PIXELS = 100_000_000;

/** What picture the bytes are, whatever anybody says of them; undefined when they are none, a damaged one, or one too large to draw. */
export function pictureIn(bytes: Uint8Array): Picture | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const picture = png(data) ?? gif(data) ?? webp(data) ?? jpeg(data);
    return picture !== undefined && isDrawable(picture) ? picture : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // it ends before it says how large it is
    throw error;
  }
}

const isDrawable = ({ width, height }: Picture): boolean => width > 0 && height > 0 && width * height <= MAX_PIXELS;
const begins = (data: Buffer, at: number, text: string): boolean => data.toString("latin1", at, at + text.length) === text;

/** PNG (W3C), 5.2 and 11.2.2: the signature, then the header chunk. */
function png(data: Buffer): Picture | undefined {
  if (!begins(data, 0, "\x89PNG\r\n\x1a\n") || !begins(data, 12, "IHDR")) return undefined;
  return { type: "image/png", width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** GIF89a, 17 and 18. */
function gif(data: Buffer): Picture | undefined {
  if (!begins(data, 0, "GIF87a") && !begins(data, 0, "GIF89a")) return undefined;
  return { type: "image/gif", width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
}

/** RFC 9649, 2.4 to 2.7: lossy, lossless, or extended. */
function webp(data: Buffer): Picture | undefined {
  if (!begins(data, 0, "RIFF") || !begins(data, 8, "WEBP")) return undefined;
  const size = webpSize(data);
  return size && { type: "image/webp", ...size };
}

function webpSize(data: Buffer): { width: number; height: number } | undefined {
  if (begins(data, 12, "VP8X")) return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
  if (begins(data, 12, "VP8L")) {
    const bits = data.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return begins(data, 12, "VP8 ") ? { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff } : undefined;
}

/** JPEG (ITU T.81, annex B): segments up to the frame header, which has the size. */
function jpeg(data: Buffer): Picture | undefined {
  if (data.readUInt16BE(0) !== 0xffd8) return undefined;
  let turned = false;
  for (let at = 2; ; at += 2 + data.readUInt16BE(at + 2)) {
    while (data.readUInt8(at) === 0xff && data.readUInt8(at + 1) === 0xff) at++; // fill bytes
    if (data.readUInt8(at) !== 0xff) return undefined;
    const marker = data.readUInt8(at + 1);
    if (marker === 0xe1) turned ||= isTurned(data, at + 4);
    if (isFrame(marker)) {
      const [height, width] = [data.readUInt16BE(at + 5), data.readUInt16BE(at + 7)];
      return turned ? { type: "image/jpeg", width: height, height: width } : { type: "image/jpeg", width, height };
    }
  }
}

/** SOF0 to SOF15; between them are DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Whether Exif says that rows are columns (Exif 2.32, 4.6.4, Orientation): browsers turn such a picture. */
function isTurned(data: Buffer, at: number): boolean {
  if (!begins(data, at, "Exif\0\0")) return false;
  const tiff = at + 6;
  const little = begins(data, tiff, "II");
  const read = (place: number, bytes: number): number => (little ? data.readUIntLE(tiff + place, bytes) : data.readUIntBE(tiff + place, bytes));
  const directory = read(4, 4);
  for (let entry = 0; entry < read(directory, 2); entry++) {
    const place = directory + 2 + entry * 12;
    if (read(place, 2) === 0x0112) return read(place + 8, 2) >= 5;
  }
  return false;
}
