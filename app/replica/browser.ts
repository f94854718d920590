import { IdMinter, type Random } from "@/domain/id";
import { type Attention, watchAttention } from "../api/attention";
import { socket } from "../api/client";
import { mailboxApi } from "../api/mailbox-api";
import { leaveForSignIn } from "../api/sign-in";
import { hurry } from "../api/socket";
import { browserShelf, browserTimers } from "./shelf";
import { Replica } from "./store";

/** A server that closes or refuses the socket is not tried again by the socket itself; after so many milliseconds it is from here. */
const TURNED_AWAY = 2_000;

const random: Random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/** The replica of a page. One is made on the server too, for the first frame; it neither reads nor connects. */
export const browserReplica = (): Replica =>
  new Replica({
    api: mailboxApi,
    signals: {
      watch: (threadIds) => void (socket.connected && socket.emit("watch", threadIds)),
      typing: (threadId) => void (socket.connected && socket.emit("typing", threadId)),
    },
    shelf: browserShelf(() => localStorage),
    timers: browserTimers,
    clock: Date.now,
    random,
    mint: new IdMinter(Date.now, random),
    changedHands: () => location.reload(),
  });

/** Keeps the replica connected, and tells it about the page, until the returned function is called. */
export function live(replica: Replica): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  let attention: Attention = "online";
  onSocket(replica, () => attention, signal);
  const unwatch = watchAttention({
    told(next) {
      attention = next;
      if (socket.connected) socket.emit("presence", next);
    },
    seen() {
      hurry(socket);
      replica.woke();
    },
  });
  // Engine.IO does so by itself, but not on localhost, where a server may be reached without any network; there this costs a blink.
  window.addEventListener("offline", () => socket.io.engine?.close(), { signal });
  window.addEventListener("online", () => hurry(socket), { signal });
  window.addEventListener("pagehide", () => replica.own?.drafts.flush(), { signal });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && replica.own?.drafts.flush(), { signal });
  replica.greet();
  socket.connect();
  // Only here is the session's cookie lengthened: whoever comes back now and then is not signed out after thirty days.
  // The answer is read to its end, or the browser would keep its connection.
  void fetch("/api/auth/get-session").then(
    (answer) => answer.text(),
    () => undefined,
  );
  return () => {
    stopped.abort();
    unwatch();
    socket.disconnect();
    replica.stop();
  };
}

function onSocket(replica: Replica, attention: () => Attention, signal: AbortSignal): void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  const turnedAway = () => {
    clearTimeout(retry);
    if (!socket.active && !signal.aborted) retry = setTimeout(() => socket.connect(), TURNED_AWAY);
  };
  socket.on("connect", () => {
    socket.emit("presence", attention());
    replica.connected();
  });
  socket.on("disconnect", () => {
    replica.disconnected();
    turnedAway();
  });
  socket.on("connect_error", () => {
    replica.refused();
    turnedAway();
  });
  socket.on("entries", (entries) => replica.entries(entries));
  socket.on("presence", (states) => replica.company.presenceTold(states));
  socket.on("typing", ({ threadId, personId }) => {
    if (personId !== replica.me()?.id) replica.company.typingTold(threadId, personId);
  });
  socket.on("session-ended", leaveForSignIn);
  signal.addEventListener("abort", () => {
    clearTimeout(retry);
    socket.off();
  });
}
