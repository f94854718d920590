import { afterAll, beforeAll, describe } from "vitest";
import { againstModel } from "./against-model";
import { closing } from "./closing";
import { concurrency } from "./concurrency";
import { conditions } from "./conditions";
import { counters } from "./counters";
import { gets } from "./gets";
import { mutations } from "./mutations";
import { outcomes } from "./outcomes";
import { refusals } from "./refusals";
import { regions } from "./regions";
import { scans } from "./scans";
import { slices } from "./slices";
import { type Given, SCHEMAS, StoppedClock, type Subject, type SubjectFactory } from "./subject";
import { timestamps } from "./timestamps";

const PARTS = {
  mutations,
  conditions,
  counters,
  gets,
  slices,
  scans,
  refusals,
  concurrency,
  timestamps,
  outcomes,
  regions,
  closing,
  "against a model": againstModel,
};

/** The suite that every driver passes unchanged: what the contract says, in tests. */
export function describeStore(name: string, factory: SubjectFactory): void {
  describe(`${name} store`, () => {
    let subject: Subject;
    const clock = new StoppedClock();
    const given: Given = { store: () => subject.store, subject: () => subject, clock, factory };
    beforeAll(async () => {
      subject = await factory({ schemas: SCHEMAS, clock: clock.read });
    });
    afterAll(() => subject.dispose());
    for (const [part, tests] of Object.entries(PARTS)) describe(part, () => tests(given));
  });
}
