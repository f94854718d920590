/** Message ids as carriers write them: one way in submit_sm_resp, another in the receipt. */

/** The spelling under which the id of a submit_sm_resp is kept: small letters, no zeros in front. */
export const normalMessageId = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, "");

const DECIMAL = /^\d{1,20}$/;
const HEX = /^[0-9a-f]{1,16}$/;

/**
 * The spellings under which a receipt's message may be kept, likeliest first: as it is; the receipt in hexadecimal and the response in
 * decimal; the other way round. A number read the wrong way may name a message of somebody else: whoever looks up by these must also
 * see that the receipt is from the number the message went to.
 */
export function messageIdForms(id: string): string[] {
  const normal = normalMessageId(id);
  return [
    ...new Set([normal, ...(HEX.test(normal) ? [BigInt(`0x${normal}`).toString()] : []), ...(DECIMAL.test(normal) ? [BigInt(normal).toString(16)] : [])]),
  ];
}
