import smpp, { type Fields, type Param, type Pdu } from "smpp";

/** What every PDU says of itself, readable even when the rest is not. */
export interface Header {
  readonly id: number;
  readonly status: number;
  readonly sequence: number;
}

/** Set in the id of an answer; alone it is a generic_nack. */
export const RESPONSE = 0x80000000;

export const commandId = (command: string): number => smpp.commands[command]!.id;

/** Of a frame as FrameReader cuts it. */
export const headerOf = (frame: Buffer): Header => ({ id: frame.readUInt32BE(4), status: frame.readUInt32BE(8), sequence: frame.readUInt32BE(12) });

/** Throws on what is not a PDU. Buffers in it are views of the frame. */
export const decodePdu = (frame: Buffer): Pdu => new smpp.PDU(frame);

export const encodePdu = (command: string, fields: Fields = {}): Buffer => new smpp.PDU(command, fields).toBuffer();

export const stampSequence = (pdu: Buffer, sequence: number): void => {
  pdu.writeUInt32BE(sequence, 12);
};

/**
 * The package would turn bytes into text and dates as it reads, with loss (what it cannot decode becomes a space) and in a way that throws on
 * odd input. Text is the codec's matter: here bytes stay bytes, so the filters come out of its tables.
 */
for (const { params } of Object.values(smpp.commands)) for (const param of Object.values(params ?? {})) delete param.filter;
for (const tlv of Object.values(smpp.tlvs)) delete tlv.filter;

/** It reads this up to the next zero byte, whatever its length says; some carriers leave the zero out. */
const receipted = smpp.tlvs.receipted_message_id!;
receipted.type = { ...receipted.type, read: (buffer, offset, length) => buffer.toString("latin1", offset, offset + length).replace(/\0.*$/s, "") };

/** A text that claims more bytes than there are would come out shorter, in silence. */
function exact(param: Param, lengthAt: (buffer: Buffer, offset: number, length: number) => number): void {
  const { type } = param;
  const read: Param["type"]["read"] = (buffer, offset, length) => {
    if (lengthAt(buffer, offset, length) > buffer.length) throw new RangeError("a text that ends before its length");
    return type.read(buffer, offset, length);
  };
  param.type = { ...type, read };
}
exact(smpp.commands.deliver_sm!.params!.short_message!, (buffer, offset) => offset + 1 + buffer.readUInt8(offset));
exact(smpp.tlvs.message_payload!, (_, offset, length) => offset + length);
