/**
 * Handles that no account can take, for the addresses they would give it belong to whoever runs this Braid or to nobody: RFC 2142, what mail
 * systems call themselves, and names a stranger would trust too much. Dots, dashes and underscores make no difference.
 */
const RESERVED = new Set([
  ...["postmaster", "abuse", "security", "noc", "hostmaster", "webmaster", "www", "usenet", "news", "uucp", "ftp"], // RFC 2142 4 and 5
  ...["info", "marketing", "sales", "support"], // RFC 2142 3
  ...["mailerdaemon", "daemon", "noreply", "donotreply", "bounce", "bounces", "nobody", "root", "system"],
  ...["admin", "admins", "administrator", "moderator", "moderators", "official", "staff", "help", "braid"],
]);

/** `handle` is one by `isHandle`. */
export const isReserved = (handle: string): boolean => RESERVED.has(handle.replace(/[._-]/g, ""));

/** Addresses that reach whoever runs this Braid: RFC 5321 4.5.1 asks for the first, RFC 2142 for the second. */
export const isRole = (local: string): boolean => local === "postmaster" || local === "abuse";
