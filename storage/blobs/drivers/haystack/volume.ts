import { join } from "node:path";
import { BlobError } from "../../contract";
import type { Disk, DiskFile } from "./disk";
import { decodeHeader, HEADER_BYTES, MAGIC_BYTES, type NeedleHead } from "./needle";
import { type Scanned, scanNeedles } from "./scan";
import { decodeSuperblock, encodeSuperblock, SUPERBLOCK_BYTES, type Superblock } from "./superblock";

export const volumeName = (number: number): string => `volume-${String(number).padStart(6, "0")}.dat`;
const draftName = (number: number): string => `volume-${String(number).padStart(6, "0")}.tmp`;

/** One append-only file of needles. Appending is for one caller at a time; reading is for all. */
export class Volume {
  /** Where the next needle goes. What lies beyond is not ours. */
  end = SUPERBLOCK_BYTES;
  /** Set when nothing may be written to it any more. */
  sealed = false;
  #reading = 0;
  #retired = false;

  private constructor(
    readonly number: number,
    readonly magic: Buffer,
    readonly replaces: number,
    /** False when the superblock is damaged: such a volume is read as well as can be, and never written to. */
    readonly intact: boolean,
    private readonly file: DiskFile,
  ) {}

  /** Begins a volume under a passing name. It becomes one with `publish`; until then a crash leaves nothing. */
  static async draft(disk: Disk, dir: string, block: Superblock): Promise<Volume> {
    const file = await disk.create(join(dir, draftName(block.number)));
    const volume = new Volume(block.number, block.magic, block.replaces, true, file);
    try {
      await writeAll(file, [encodeSuperblock(block)], 0);
      return volume;
    } catch (error) {
      await volume.discard(disk, dir);
      throw error;
    }
  }

  static async open(disk: Disk, dir: string, number: number): Promise<Volume> {
    const file = await disk.open(join(dir, volumeName(number)));
    const start = Buffer.alloc(SUPERBLOCK_BYTES + HEADER_BYTES);
    await file.read(start, 0);
    const block = decodeSuperblock(start);
    return new Volume(number, block?.magic ?? magicOfFirstNeedle(start), block?.replaces ?? 0, block !== undefined, file);
  }

  async publish(disk: Disk, dir: string): Promise<void> {
    await this.file.sync();
    await disk.rename(join(dir, draftName(this.number)), join(dir, volumeName(this.number)));
    await disk.syncDirectory(dir);
  }

  /** Gives up a draft, as far as the disk lets us: a leftover is removed when the store is opened. */
  async discard(disk: Disk, dir: string): Promise<void> {
    await this.file.close().catch(() => {});
    await disk.remove(join(dir, draftName(this.number))).catch(() => {});
  }

  /** Finds the end while visiting the needles, and cuts off what a crash left half written. */
  async recover(visit: (head: NeedleHead, offset: number) => void): Promise<Scanned> {
    const scanned = await this.scan(visit);
    this.end = scanned.end;
    if (this.intact && (await this.file.size()) > this.end) await this.file.truncate(this.end);
    return scanned;
  }

  scan(visit: (head: NeedleHead, offset: number) => void): Promise<Scanned> {
    return scanNeedles(this.file, this.magic, SUPERBLOCK_BYTES, visit);
  }

  /** Writes whole needles at the end, not yet durable. Failing, it leaves the volume as it was. */
  async append(parts: readonly Uint8Array[]): Promise<void> {
    try {
      await writeAll(this.file, parts, this.end);
    } catch (error) {
      await this.file.truncate(this.end).catch((cause) => Promise.reject(new Error("A half-written needle could not be removed.", { cause })));
      throw error;
    }
    this.end += bytesOf(parts);
  }

  sync(): Promise<void> {
    return this.file.sync();
  }

  /** Up to `length` bytes from `offset`; fewer at the end of the file. */
  async read(offset: number, length: number): Promise<Buffer> {
    this.#reading++;
    try {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, await this.file.read(bytes, offset));
    } catch (error) {
      throw new BlobError("unavailable", "The disk failed to read a blob.", { cause: error });
    } finally {
      this.#reading--;
      if (this.#retired) await this.retire();
    }
  }

  /** Closes the file as soon as nobody reads it. */
  async retire(): Promise<void> {
    this.#retired = true;
    if (this.#reading === 0) await this.file.close();
  }
}

/** When the superblock is lost, the first needle still tells the magic of all. */
function magicOfFirstNeedle(start: Buffer): Buffer {
  const magic = start.subarray(SUPERBLOCK_BYTES, SUPERBLOCK_BYTES + MAGIC_BYTES);
  return decodeHeader(magic, start, SUPERBLOCK_BYTES) ? magic : Buffer.from("unknown!");
}

const bytesOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** A disk that is nearly full writes a part first, and fails only when asked for the rest. */
async function writeAll(file: DiskFile, parts: readonly Uint8Array[], position: number): Promise<void> {
  let rest = parts;
  for (let at = position; rest.length > 0; ) {
    const written = await file.write(rest, at);
    if (written === 0) throw new Error("The disk took nothing.");
    at += written;
    rest = after(rest, written);
  }
}

function after(parts: readonly Uint8Array[], written: number): Uint8Array[] {
  let skip = written;
  return parts.flatMap((part) => {
    const taken = Math.min(skip, part.length);
    skip -= taken;
    return taken === part.length ? [] : [part.subarray(taken)];
  });
}
