import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AnyMessage, type Field, Message } from "../protobuf";
import * as Messages from ".";

/** A folder with the .proto files of an HBase (they are in the jar hbase-protocol-shaded, and in its sources). */
const folder = process.env.HBASE_PROTO;

/** One definition here for messages that are alike there. */
const ALIKE: Record<string, string[]> = {
  ProcId: ["Create", "Delete", "Enable", "Disable", "Modify"]
    .map((verb) => `${verb}TableResponse`)
    .concat("SplitTableRegionResponse", "MergeTableRegionsResponse"),
  DeleteTableRequest: ["DeleteTableRequest", "EnableTableRequest", "DisableTableRequest"],
  Empty: [],
};
const TYPES: Record<Field<unknown>["kind"], string[]> = {
  bytes: ["bytes"],
  string: ["string"],
  bool: ["bool"],
  int: ["int32", "uint32"],
  num: ["int64", "uint64"],
  big: ["uint64"],
  message: [],
};

interface Definitions {
  readonly enums: Set<string>;
  /** The bodies of the messages of a name, which may be defined in several places. */
  readonly messages: Map<string, string[]>;
}

function definitions(from: string): Definitions {
  const files = readdirSync(from).filter((file) => file.endsWith(".proto"));
  const text = files.map((file) => readFileSync(join(from, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")).join("\n");
  const messages = new Map<string, string[]>();
  for (const { 1: name, 0: head, index } of text.matchAll(/message\s+(\w+)\s*\{/g)) {
    messages.set(name!, [...(messages.get(name!) ?? []), bodyFrom(text, index + head.length)]);
  }
  return { messages, enums: new Set([...text.matchAll(/enum\s+(\w+)/g)].map(([, name]) => name!)) };
}

/** Up to the bracket that closes it, without the definitions inside. */
function bodyFrom(text: string, start: number): string {
  let out = "";
  for (let at = start, depth = 1; depth > 0; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}") depth--;
    if (depth === 1) out += text[at];
  }
  return out;
}

function sameField({ enums, messages }: Definitions, message: string, name: string, field: Field<unknown>): boolean {
  return messages.get(message)!.some((body) => {
    const [, label, type = "", number] = new RegExp(`(optional|required|repeated)\\s+([\\w.]+)\\s+${name}\\s*=\\s*(\\d+)`).exec(body) ?? [];
    const plain = type.replace(/.*\./, "");
    const same = field.kind === "message" ? field.message!.name === plain : TYPES[field.kind].includes(plain) || (field.kind === "int" && enums.has(plain));
    return same && Number(number) === field.number && (label === "repeated") === field.repeated;
  });
}

test.skipIf(!folder)("every message has the names, numbers and types of HBase's own definitions", () => {
  const theirs = definitions(folder!);
  const ours = Object.values(Messages).filter((one): one is typeof one & AnyMessage => one instanceof Message);
  const differing: string[] = [];
  let checked = 0;
  for (const { name, spec } of ours) {
    for (const message of ALIKE[name] ?? [name]) {
      for (const [key, field] of Object.entries(spec)) {
        checked++;
        if (!theirs.messages.has(message) || !sameField(theirs, message, key, field)) differing.push(`${message}.${key}`);
      }
    }
  }
  expect(differing).toEqual([]);
  expect(checked).toBeGreaterThan(250);
});
