import { type Answers, api } from "@/app/api/client";
import { ask } from "@/app/ask";

export type Overview = Answers["admin"]["overview"];
export type Probe = Overview["probes"][number];
/** `since` stands behind the words, as how long ago that was. */
export type Figure = Overview["figures"][number];
export type Storage = NonNullable<Overview["storage"]>;
export type Sms = Overview["sms"];
export type Carrier = Sms["carriers"][number];
export type Series = Overview["series"][number];

export const loadOverview = (): Promise<Overview> => ask(api.admin.overview.query());
