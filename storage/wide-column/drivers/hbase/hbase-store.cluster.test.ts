import { describeStore } from "../../conformance";
import { openStore } from "./testing/cluster";
import { LostAnswers } from "./testing/lost-answers";

describeStore("hbase", async (options) => {
  const answers = new LostAnswers();
  const { store, drop } = await openStore({ ...options, connect: answers.connect });
  return { store, loseAnswer: (carriedOut) => answers.lose(carriedOut), dispose: drop };
});
