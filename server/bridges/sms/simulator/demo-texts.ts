import type { DemoText } from "@/server/api/services";
import type { WideColumnStore } from "@/storage/wide-column/contract";
import { SMS } from "../tables";

const SHOWN = 200;
const FAMILY = "demo";
const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

/** What the phones of the demo show, so that it is there after a restart. */
export class DemoTexts {
  constructor(private readonly store: WideColumnStore) {}

  async add(text: DemoText): Promise<void> {
    const cell = { family: FAMILY, qualifier: bytes(text.id), value: bytes(JSON.stringify(text)) };
    await this.store.mutateRow(SMS.name, bytes(`d:${text.phone}`), [{ kind: "put", ...cell }]);
  }

  /** Oldest first, the newest 200. */
  async of(phone: string): Promise<DemoText[]> {
    const cells = await this.store.slice(SMS.name, bytes(`d:${phone}`), FAMILY, { limit: SHOWN, reverse: true });
    return cells.reverse().map(({ value }) => JSON.parse(value.toString("utf8")) as DemoText);
  }
}
