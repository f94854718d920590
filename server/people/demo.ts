import type { Clock, Id } from "@/domain/id";
import { hueOf } from "@/domain/person";
import type { PrismaClient } from "../generated/prisma/client";
import { prefixesOf } from "./names";
import { hashPassword } from "./passwords";

/** Everybody in the demo has this one. */
export const DEMO_PASSWORD = "braid-demo";

export interface DemoPerson {
  readonly handle: string;
  readonly name: string;
  /** A verified address outside, so that mail from there is known to be theirs. */
  readonly address: string;
  readonly role: "admin" | "member";
  readonly hue: number;
  /** What there is to see as this person, for the sign-in page. */
  readonly words: string;
}

const person = (handle: string, name: string, words: string, role: DemoPerson["role"] = "member"): DemoPerson => ({
  handle,
  name,
  words,
  role,
  address: `${handle}@example.org`,
  hue: hueOf(handle),
});

/** Names of the kinds that break screens: long, right to left, without spaces, with an emoji. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person("ann", "Ann Archer", "Looks after this Braid as admin, and writes to everybody.", "admin"),
  person("ben", "Ben Brook", "Ann's friend; answers from chat and from his mail."),
  person("chiara", "Chiara Conti", "Plans a weekend with Ann and Ben in a group."),
  person("maximiliana", "Maximiliana Theodora von und zu Hohenstein-Wittelsbach", "Has a name that no screen is wide enough for."),
  person("layla", "ليلى الحداد", "Writes from right to left."),
  person("sakura", "田中さくら", "Writes in Japanese, where no spaces part the words."),
  person("dev", "Dev Patel 🚀", "Ships things, and says so with emoji."),
  person("zoe", "Zoë Ångström", "Has just arrived: an inbox with next to nothing in it."),
];

export interface SeedOptions {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly mintId: () => Id;
  readonly domain: string;
}

/**
 * Gives an empty database the demo people, all or none, and answers their ids by handle. Where there are accounts already nothing is added:
 * the password is public, and one of the accounts an admin.
 */
export async function seedPeople(options: SeedOptions): Promise<ReadonlyMap<string, Id>> {
  const { prisma } = options;
  if ((await prisma.user.count()) === 0) await addAll(options);
  const handles = DEMO_PEOPLE.map(({ handle }) => handle);
  const rows = await prisma.user.findMany({ where: { handle: { in: handles } }, select: { id: true, handle: true } });
  return new Map(rows.map(({ id, handle }) => [handle, id]));
}

async function addAll({ prisma, clock, mintId, domain }: SeedOptions): Promise<void> {
  const now = new Date(clock());
  const hashes = await Promise.all(DEMO_PEOPLE.map(() => hashPassword(DEMO_PASSWORD)));
  await prisma.$transaction(
    DEMO_PEOPLE.map(({ handle, name, address, role, hue }, i) => {
      const id = mintId();
      const account = { id: mintId(), providerId: "credential", accountId: id, password: hashes[i] ?? null };
      return prisma.user.create({
        data: {
          ...{ id, name, handle, role, hue, email: `${handle}@${domain}`, prefixes: prefixesOf(name, handle), createdAt: now },
          accounts: { create: account },
          addresses: { create: { id: mintId(), value: address, verifiedAt: now } },
        },
      });
    }),
  );
}

/** What the sign-in page may know before anybody is known. */
export interface Welcome {
  readonly demo: boolean;
  /** There is no account yet; the first becomes admin. */
  readonly empty: boolean;
  readonly people: readonly Pick<DemoPerson, "handle" | "name" | "hue" | "words">[];
}

export async function welcome(prisma: PrismaClient, demo: boolean): Promise<Welcome> {
  const empty = (await prisma.user.findFirst({ select: { id: true } })) === null;
  return { demo, empty, people: demo ? DEMO_PEOPLE.map(({ handle, name, hue, words }) => ({ handle, name, hue, words })) : [] };
}
