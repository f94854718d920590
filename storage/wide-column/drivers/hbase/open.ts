import { Admin, HBase } from "../../../hbase";
import { StoreError } from "../../contract";
import { parseAddress } from "./address";
import { failureOf } from "./failures";
import type { TableLayout } from "./layout";
import type { Settings } from "./options";
import { ensureTables, LARGEST_CELL } from "./tables";

export interface Opened {
  readonly client: HBase;
  readonly tables: ReadonlyMap<string, TableLayout>;
}

/** Waits for the cluster, then makes what is missing. */
export async function openCluster({ address, schemas, patience, timeout, splits, connect }: Settings): Promise<Opened> {
  const { seeds, namespace } = typeof address === "string" ? parseAddress(address) : address;
  const client = new HBase({ seeds, user: "braid", timeout, maxCell: LARGEST_CELL, ...(connect && { connect }) });
  try {
    await new Admin(client, { timeout: patience }).status().catch((error) => {
      throw new StoreError("unavailable", `No HBase cluster answered at ${seeds.join(", ")} within ${patience / 1000} s: ${error.message}`, { cause: error });
    });
    const layouts = await ensureTables(new Admin(client), namespace, schemas, splits);
    return { client, tables: new Map(layouts.map((layout) => [layout.schema.name, layout])) };
  } catch (error) {
    client.close();
    throw failureOf(error, "reading");
  }
}
