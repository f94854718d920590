"use client";
import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import type { Command } from "./commands";
import { useStage } from "./stage";

/**
 * Binds the commands to their keys. Letters do nothing while somebody types or something lies over the page, its code still being fetched
 * included: who types at once into the palette must not archive with it. Ctrl/Cmd+K always opens the palette.
 */
export function useKeys(commands: readonly Command[]): void {
  const current = useRef(commands);
  const { overlay } = useStage();
  const covered = useRef(false);
  useEffect(() => {
    current.current = commands;
    covered.current = overlay !== undefined;
  }, [commands, overlay]);
  const bound = commands.flatMap(({ id, keys = [] }) => keys.map((key) => `${key}\t${id}`)).join("\n");
  useEffect(() => {
    const pairs = bound.split("\n").map((line) => line.split("\t") as [string, string]);
    const run = (id: string) => (event: KeyboardEvent) => {
      event.preventDefault();
      current.current.find((command) => command.id === id)?.run();
    };
    return tinykeys(window, Object.fromEntries(pairs.map(([key, id]) => [key, run(id)])), { ignore: (event: KeyboardEvent) => ignore(event, covered.current) });
  }, [bound]);
}

function ignore(event: KeyboardEvent, covered: boolean): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") return false;
  if (covered) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]")) return true;
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}
