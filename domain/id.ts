/** Sortable 128-bit identifiers: 48 bits of Unix milliseconds, then 80 random bits, as 26 lower-case Crockford base32 letters. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 26;
const RANDOM_BITS = 80n;

export type Id = string;
export type Random = (bytes: number) => Uint8Array;
export type Clock = () => number;

export const isId = (text: string): boolean => /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text);

/** Encodes 16 bytes, most significant first. Byte order of the ids is the text order of the result. */
export function encodeId(bytes: Uint8Array): Id {
  let value = 0n;
  for (const byte of bytes.subarray(0, 16)) value = (value << 8n) | BigInt(byte);
  return fromBigInt(value);
}

/** Milliseconds since the epoch at which the id was made. */
export const timeOfId = (id: Id): number => Number(toBigInt(id) >> RANDOM_BITS);

/**
 * Mints ids that only grow, even when the clock stands still or goes back: a reply must never sort before what it answers.
 * `after` raises the floor, for an owner who has seen a greater id from another machine.
 */
export class IdMinter {
  #last = 0n;
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  next(after?: Id): Id {
    const floor = after === undefined ? this.#last : max(this.#last, toBigInt(after));
    const fresh = (BigInt(this.clock()) << RANDOM_BITS) | bigIntOf(this.random(10));
    this.#last = fresh > floor ? fresh : floor + 1n;
    return fromBigInt(this.#last);
  }
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);

function bigIntOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function toBigInt(id: Id): bigint {
  let value = 0n;
  for (const letter of id) value = (value << 5n) | BigInt(ALPHABET.indexOf(letter));
  return value;
}

function fromBigInt(value: bigint): Id {
  let text = "";
  for (let rest = value, i = 0; i < LENGTH; i++, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}
