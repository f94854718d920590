import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { markOf } from "./processes";

/**
 * A shell that waits until whoever started it is gone, whatever ended it, and then kills the cluster's nodes: its standard input is a pipe
 * that only its parent holds. It looks three times, because a node may just have been started. With `remove` the folder goes too.
 */
const SCRIPT = `
cat > /dev/null
for again in 1 2 3; do
  for file in "$1"/pid/*; do
    pid=$(cat "$file" 2> /dev/null) || continue
    if [ -d /proc/self ]; then line=$(tr '\\0' ' ' < "/proc/$pid/cmdline"); else line=$(ps -ww -o args= -p "$pid"); fi 2> /dev/null
    case $line in *"$2\${file##*/}:$1 "*) kill -9 "$pid" ;; esac
  done
  [ $again = 3 ] || sleep 1
done
[ "$3" != remove ] || rm -rf "$1"
`;

export interface Guard {
  /** Nothing is killed any more. */
  dismiss(): void;
}

export function guard(dir: string, remove: boolean): Guard {
  const child = spawn("sh", ["-c", SCRIPT, "braid-cluster-guard", dir, markOf("", "").slice(0, -1), remove ? "remove" : "keep"], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.unref();
  (child.stdin as Socket).unref();
  return { dismiss: () => void child.kill("SIGKILL") };
}
