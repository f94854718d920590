/** Where to go after signing in: a path of this site, or the inbox. `//host` and `/\host` would lead elsewhere, so they are refused. */
export function nextPath(search: string, origin: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  if (!next.startsWith("/")) return "/";
  const url = URL.canParse(next, origin) ? new URL(next, origin) : undefined;
  if (url === undefined || url.origin !== origin || url.pathname.startsWith("/sign-")) return "/";
  return url.pathname + url.search + url.hash;
}

/** Leaves for it by a whole page load, so that nothing of the one who was here before is left in memory. */
export const goOn = (): void => location.assign(nextPath(location.search, location.origin));
