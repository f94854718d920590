import { expect, test } from "vitest";
import { answer } from "../testing/fake-server";
import { CellType } from "./cells";
import { preamble, readAnswer, requestFrame } from "./frames";
import { GetResponse } from "./messages";
import { Client } from "./methods";
import type { Message, Spec } from "./protobuf";

const cell = { row: Buffer.from("r"), family: Buffer.from("f"), qualifier: Buffer.from("q"), value: Buffer.from("v"), ts: 1, type: CellType.put };
const unframed = (frame: Buffer) => frame.subarray(4);
const anyGet = GetResponse as unknown as Message<Spec>;

test("the first bytes of a connection", () => {
  const bytes = preamble("ClientService", "ann", true);
  expect(bytes.subarray(0, 6).toString("hex")).toBe("484261730050"); // "HBas", version 0, SIMPLE
  expect(bytes.readInt32BE(6)).toBe(bytes.length - 10);
  expect(bytes.toString("latin1")).toContain("org.apache.hadoop.hbase.codec.KeyValueCodec");
  expect(preamble("ClientService", "ann", false).toString("latin1")).not.toContain("KeyValueCodec");
});

test("a request: its length, its header, its parameters", () => {
  const request = { region: { type: 1, value: Buffer.from("R") }, get: { row: Buffer.from("r") } };
  const frame = requestFrame(Client.get, request, undefined, { id: 5, timeout: 1000 });
  expect(frame.toString("hex")).toBe(["0000001a", "0c", "0805", "1a03476574", "2001", "38e807", "0c", "0a0508011201", "52", "1203", "0a0172"].join(""));
});

test("cells follow their request, which says how long they are", () => {
  const frame = requestFrame(Client.mutate, {}, [{ row: cell.row, cells: [cell, cell] }], { id: 1, timeout: 1, priority: 200 });
  expect(frame.readInt32BE(0)).toBe(frame.length - 4);
  expect(frame.subarray(-56).readInt32BE(0)).toBe(24);
  expect(frame.toString("hex")).toContain("2a020838"); // cell_block_meta { length: 56 }
});

test("an answer: body and cells", () => {
  const frame = unframed(answer(7, { body: { result: { associated_cell_count: 1 } }, cells: [cell] }, anyGet));
  const read = readAnswer(frame);
  expect(read.id).toBe(7);
  expect(read.read(GetResponse)).toEqual({ body: { result: { associated_cell_count: 1 } }, cells: [cell] });
});

test("an answer: an exception, sorted", () => {
  const exception = "org.apache.hadoop.hbase.NotServingRegionException";
  const frame = unframed(answer(7, { exception, stack: `${exception}: region r is not here\n\tat somewhere` }, anyGet));
  expect(readAnswer(frame).error).toMatchObject({
    kind: "moved",
    type: "NotServingRegionException",
    message: "NotServingRegionException: region r is not here",
  });
});

test("the refusal of a connection comes as the answer to call -1", () => {
  expect(readAnswer(unframed(answer(-1, { exception: "x.FatalConnectionException" }, anyGet))).id).toBe(-1);
  expect(readAnswer(unframed(answer(0xffffffff, { exception: "x.FatalConnectionException" }, anyGet))).id).toBe(-1);
});
