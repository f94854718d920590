export * from "./fields";
export { Message, message } from "./message";
export { Cursor } from "./varint";
export { Slab, Writer } from "./writer";
