import { get } from "node:http";
import { connect } from "node:net";
import { IP } from "./nodes";

/** How long a node may take to answer, ms. One that is paused never does. */
const PATIENCE = 2_000;

export type Bean = Readonly<Record<string, unknown>>;

/** The beans that a node of Hadoop or HBase shows under this name, or undefined when it does not answer. */
export function beans(port: number, name: string): Promise<readonly Bean[] | undefined> {
  return new Promise((answer) => {
    const request = get({ host: IP, port, path: `/jmx?qry=${encodeURIComponent(name)}`, agent: false, timeout: PATIENCE }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.once("close", () => answer(parsed(text)));
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answer(undefined));
  });
}

function parsed(text: string): readonly Bean[] | undefined {
  try {
    return JSON.parse(text).beans;
  } catch {
    return undefined;
  }
}

/** What a ZooKeeper says it is, by its four-letter word `srvr`; undefined while it serves nobody. */
export function zookeeperMode(port: number): Promise<"standalone" | "leader" | "follower" | undefined> {
  return new Promise((answer) => {
    let text = "";
    const socket = connect(port, IP, () => socket.write("srvr"));
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.setEncoding("utf8").on("data", (part) => (text += part));
    socket.once("error", () => socket.destroy());
    socket.once("close", () => answer(["standalone" as const, "leader" as const, "follower" as const].find((mode) => text.includes(`Mode: ${mode}`))));
  });
}
