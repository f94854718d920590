"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { numberWords } from "@/app/numbers";
import { cx } from "@/app/ui/cx";
import { SelectField } from "@/app/ui/select-field";
import { useHash } from "../hash";
import { loadTexts, type Phones } from "./data";
import { PhoneView } from "./phone-view";

const EVERY = 1_000;

export const ROW = "grid grid-cols-[repeat(auto-fill,minmax(min(14rem,100%),1fr))] gap-x-4 gap-y-8";

/** All phones side by side; where there is no room, one that is chosen. The others stay, so that what was typed on them is not lost. */
export function PhoneRow({ phones, numbers }: Phones) {
  const open = useOpenPhone(phones);
  const mine = useMemo(() => phones.map(({ number }) => number), [phones]);
  const texts = useQuery({ queryKey: ["phone-texts", mine], queryFn: () => loadTexts(mine), refetchInterval: EVERY });
  return (
    <div className="flex flex-col gap-5">
      <SelectField
        label="Phone"
        className="md:hidden"
        value={open}
        onChange={(event) => location.assign(`#${event.target.value}`)}
        options={phones.map(({ name, number }) => ({ value: number, label: `${name}, ${numberWords(number)}` }))}
      />
      <div className={ROW}>
        {phones.map((phone) => (
          <div key={phone.number} className={cx("flex min-w-0 justify-center", phone.number !== open && "max-md:hidden")}>
            <PhoneView phone={phone} numbers={numbers} texts={texts.data?.[phone.number]} error={texts.error} onRetry={() => void texts.refetch()} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** The number in the page's address, or the first. */
function useOpenPhone(phones: Phones["phones"]): string {
  const hash = useHash().slice(1);
  return phones.find(({ number }) => number === hash)?.number ?? phones[0]?.number ?? "";
}
