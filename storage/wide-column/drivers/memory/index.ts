export { FaultPlan } from "./faults";
export { MemoryStore } from "./memory-store";
