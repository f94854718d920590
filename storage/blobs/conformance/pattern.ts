/** Bytes that differ from place to place and from `seed` to `seed`. */
export function pattern(bytes: number, seed = 1): Buffer {
  const body = Buffer.alloc(bytes);
  for (let i = 0; i < bytes; i++) body[i] = (i * 31 + (i >> 8) * 7 + seed * 101) & 0xff;
  return body;
}
