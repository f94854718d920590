export { type Fault, FaultPlan, type Faults } from "./faults";
export { MemoryStore, type MemoryStoreOptions } from "./memory-store";
