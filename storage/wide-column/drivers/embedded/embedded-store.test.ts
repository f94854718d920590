import { rm } from "node:fs/promises";
import { describeStore } from "../../conformance";
import { EmbeddedStore } from "./index";
import { freshDirectory } from "./testing/directory";

describeStore("embedded", async (options) => {
  const dir = await freshDirectory();
  const store = await EmbeddedStore.open({ ...options, dir });
  return { store, dispose: () => store.close().then(() => rm(dir, { recursive: true })) };
});
