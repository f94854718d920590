import type { HBaseCluster } from "@/testkit/hbase-cluster/cluster";
import { median } from "../host";
import { cpuOf, type Parts, shares, since } from "./cpu";
import type { Figures } from "./load";
import type { Program } from "./program";

/** A way to make the same change. */
export interface Contestant {
  readonly name: string;
  readonly program: Program;
  readonly way: string;
}

interface Round extends Figures {
  readonly cluster: Parts;
}

export interface Outcome {
  readonly contestant: Contestant;
  readonly callers: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of the client for one change, microseconds. */
  readonly cpuMicros: number;
  readonly shares: string;
}

export interface Lengths {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUp: number;
}

/**
 * All of them in turns, round after round, so that what disturbs the machine disturbs all alike. Each round begins with another, because who comes
 * after a heavy one finds the servers busy with what that left behind.
 */
export async function contest(cluster: HBaseCluster, contestants: readonly Contestant[], crowds: readonly number[], { rounds, seconds, warmUp }: Lengths) {
  for (const { program, way } of contestants) await program.ask("load", way, crowds.at(-1)!, warmUp);
  const outcomes: Outcome[] = [];
  for (const callers of crowds) {
    const all = contestants.map((contestant) => ({ contestant, made: [] as Round[] }));
    for (let round = 0; round < rounds; round++)
      for (const { contestant, made } of rotated(all, round)) made.push(await oneRound(cluster, contestant, callers, seconds));
    outcomes.push(...all.map(({ contestant, made }) => outcomeOf(contestant, callers, made)));
  }
  return outcomes;
}

const rotated = <T>(list: readonly T[], by: number): T[] => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

async function oneRound(cluster: HBaseCluster, { program, way }: Contestant, callers: number, seconds: number): Promise<Round> {
  const before = cpuOf(cluster);
  const figures = await program.ask<Figures>("load", way, callers, seconds);
  return { ...figures, cluster: since(before, cpuOf(cluster)) };
}

function outcomeOf(contestant: Contestant, callers: number, rounds: readonly Round[]): Outcome {
  const of = (read: (round: Round) => number): number => median(rounds.map(read));
  const parts = { regionServers: of(({ cluster }) => cluster.regionServers), dataNodes: of(({ cluster }) => cluster.dataNodes) };
  return {
    ...{ contestant, callers, perSecond: of(({ ops, seconds }) => ops / seconds), p50: of(({ p50 }) => p50), p99: of(({ p99 }) => p99) },
    cpuMicros: of(({ cpuMicros, ops }) => cpuMicros / ops),
    shares: shares({ client: of(({ cpuMicros }) => cpuMicros) / 1e6 }, { ...parts, others: of(({ cluster }) => cluster.others) }),
  };
}

/** Lines for people, and what the budgets make of it. */
export function inWords(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(({ contestant, callers, perSecond, p50, p99, cpuMicros, shares: whose }) => {
    const figures = `${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50.toFixed(1).padStart(5)} ms  p99 ${p99.toFixed(1).padStart(6)} ms`;
    return `  ${String(callers).padStart(3)} callers  ${contestant.name.padEnd(28)} ${figures}  ${cpuMicros.toFixed(0).padStart(4)} us of the client  (${whose})`;
  });
}

/** How much faster one is than the fastest of others. */
export function lead(outcomes: readonly Outcome[], callers: number, who: string, others: readonly string[]): number {
  const rate = (name: string): number => outcomes.find((outcome) => outcome.callers === callers && outcome.contestant.name === name)?.perSecond ?? 0;
  return rate(who) / Math.max(...others.map(rate));
}
