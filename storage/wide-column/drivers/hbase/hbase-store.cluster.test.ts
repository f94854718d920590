import { describeStore } from "../../conformance";
import { TABLE } from "../../conformance/subject";
import { moveRegion, openStore, splitRegion } from "./testing/cluster";
import { LostAnswers } from "./testing/lost-answers";

describeStore("hbase", async (options) => {
  const answers = new LostAnswers();
  const { store, namespace, drop } = await openStore({ ...options, connect: answers.connect });
  const table = `${namespace}:${TABLE}`;
  return {
    store,
    loseAnswer: (carriedOut) => answers.lose(carriedOut),
    moveRegion: (row) => moveRegion(table, row),
    splitRegion: (row) => splitRegion(table, row),
    dispose: drop,
  };
});
