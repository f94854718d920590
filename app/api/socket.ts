import { io, type Socket } from "socket.io-client";
import type { ClientEvents, ServerEvents } from "@/domain/realtime";

export type BraidSocket = Socket<ServerEvents, ClientEvents>;

/** The one socket of a page, not yet connected. Tries again after 0.5 s to 10 s, each time half of it left to chance. */
export const openSocket = (): BraidSocket =>
  io({
    path: "/api/socket",
    transports: ["websocket"],
    withCredentials: true,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });

/** Connects now instead of waiting for the next turn of the backoff. `connect` alone would wait: the manager is already trying. */
export function hurry(socket: BraidSocket): void {
  if (socket.connected) return;
  socket.disconnect();
  socket.connect();
}
