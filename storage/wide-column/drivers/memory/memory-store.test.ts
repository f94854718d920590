import { describeStore } from "../../conformance";
import { FaultPlan, MemoryStore } from "./index";

describeStore("memory", async (options) => {
  const faults = new FaultPlan();
  const store = new MemoryStore({ ...options, faults });
  return {
    store,
    loseAnswer: (carriedOut) => faults.add(carriedOut ? "unknown-applied" : "unknown-not-applied"),
    dispose: () => store.close(),
  };
});
