import { expect, it } from "vitest";
import { parseAddress } from "./address";

it("reads hosts and namespace", () => {
  expect(parseAddress("hbase://one:16000")).toEqual({ seeds: ["one:16000"], namespace: "braid" });
  expect(parseAddress("hbase://10.0.0.1:16000,rs-2.example.com:16020/hbase?namespace=trial_2")).toEqual({
    seeds: ["10.0.0.1:16000", "rs-2.example.com:16020"],
    namespace: "trial_2",
  });
  expect(parseAddress("hbase://[::1]:16000, two:1/").seeds).toEqual(["[::1]:16000", "two:1"]);
});

it("says what is wrong", () => {
  for (const url of ["http://one:16000", "hbase://", "hbase://one", "hbase://one:x", "hbase://one:16000,", "hbase://one:16000?name=x", "hbase://one:1#x"])
    expect(() => parseAddress(url)).toThrow(/is no address of an HBase cluster/);
  expect(() => parseAddress("hbase://one:1?namespace=a-b")).toThrow(/cannot be a namespace/);
});
