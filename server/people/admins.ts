import type { PrismaClient } from "../generated/prisma/client";

/** Any number that nothing else locks with. */
const LOCK = 0x62726164;

/**
 * Makes the oldest account admin if there is none. Called after each new account, when it is committed, and at start in case a crash came
 * between: two people who sign up first at the same moment give one admin, for the second waits for the lock and finds one.
 */
export async function ensureAdmin(prisma: PrismaClient): Promise<void> {
  if ((await prisma.user.findFirst({ where: { role: "admin" }, select: { id: true } })) !== null) return;
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK})`;
    if ((await tx.user.findFirst({ where: { role: "admin" }, select: { id: true } })) !== null) return;
    const oldest = await tx.user.findFirst({ orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { id: true } });
    if (oldest !== null) await tx.user.update({ where: { id: oldest.id }, data: { role: "admin" } });
  });
}
