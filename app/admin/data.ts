import { type Answers, api } from "@/app/api/client";
import { ask } from "@/app/ask";

export type Overview = Answers["admin"]["overview"];
export type Probe = Overview["probes"][number];
export type Figure = Overview["figures"][number];
export type Storage = NonNullable<Overview["storage"]>;
export type Series = Overview["series"][number];

export const loadOverview = (): Promise<Overview> => ask(api.admin.overview.query());
